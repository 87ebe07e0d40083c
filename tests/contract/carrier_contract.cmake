# An OBJECT library: a static one would drop the tests. Each carrier's folder links it.
add_library(nongsan_carrier_contract OBJECT ${CMAKE_CURRENT_LIST_DIR}/carrier_contract.cpp
            ${CMAKE_CURRENT_LIST_DIR}/carrier_faults.cpp)
target_link_libraries(nongsan_carrier_contract
  PUBLIC nongsan_flags nongsan_carriers nongsan_sandbox_lib GTest::gmock)
