set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

set(NONGSAN_SANITIZE "" CACHE STRING "Sanitizers for every target: address,undefined or thread")

add_library(nongsan_flags INTERFACE)
target_include_directories(nongsan_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(nongsan_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Werror)
if(NONGSAN_SANITIZE)
  # -O0 and line tables only: building is most of what two cores spend on a check, by far.
  target_compile_options(nongsan_flags INTERFACE
    -O0 -g1 -fsanitize=${NONGSAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(nongsan_flags INTERFACE -fsanitize=${NONGSAN_SANITIZE})
  if(NONGSAN_SANITIZE MATCHES thread)
    target_compile_options(nongsan_flags INTERFACE -Wno-tsan)  # Asio's fences are not modelled
  endif()
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
