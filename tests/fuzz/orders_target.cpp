// libFuzzer target, built with clang and NONGSAN_FUZZ=ON (CMakeLists.txt).
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Outcome out;
  fuzz::read_order_bytes({reinterpret_cast<const char*>(data), size}, out);  // NOLINT: its type
  return 0;
}
