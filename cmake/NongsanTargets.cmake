# nongsan_library(<name> SOURCES <files> [LINK <targets>] [PRIVATE_LINK <targets>])
#   One static library per folder; LINK lines are the layer diagram.
function(nongsan_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC nongsan_flags ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# nongsan_test(<name> SOURCES <files> [LINK <targets>] [LABELS <labels>])
#   One GoogleTest executable, one ctest entry per TEST. Its data is found under SOURCE_ROOT.
function(nongsan_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE
    nongsan_flags ${ARG_LINK} rapidcheck GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE NONGSAN_SOURCE_ROOT="${CMAKE_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()
include(GoogleTest)
