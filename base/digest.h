#pragma once
// A short fingerprint of content (BLAKE2b of libsodium), for "has it changed?" only.
#include <string>
#include <string_view>

namespace base {

// 32 lower-case hex digits.
std::string fingerprint(std::string_view content);

}  // namespace base
