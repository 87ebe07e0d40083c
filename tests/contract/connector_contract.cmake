# An OBJECT library: a static one would drop the tests. Each connector's folder links it.
add_library(nongsan_connector_contract OBJECT ${CMAKE_CURRENT_LIST_DIR}/connector_contract.cpp)
target_link_libraries(nongsan_connector_contract
  PUBLIC nongsan_flags nongsan_connectors_common nongsan_sandbox_lib GTest::gmock)
