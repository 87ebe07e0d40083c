#pragma once
// SHA-256 and HMAC-SHA-256 as channels spell them. Keys are text of any length, used byte for byte.
// Nothing here throws; a libsodium that cannot start ends the process. Threads: safe.
// Source: libsodium 1.0.18; vectors of RFC 4231.
#include <cstddef>
#include <string>
#include <string_view>

namespace connectors::common {

enum class HexCase { lower, upper };

std::string hmac_sha256_hex(std::string_view key, std::string_view message,
                            HexCase letters = HexCase::lower);
std::string hmac_sha256_base64(std::string_view key, std::string_view message);
std::string sha256_hex(std::string_view message, HexCase letters = HexCase::lower);
std::string base64(std::string_view bytes);  // with padding, as Basic auth wants it

// Takes the same time wherever the two differ; only their lengths can be learned.
bool equal_constant_time(std::string_view one, std::string_view other);

// `bytes` random bytes as lower-case hex: boundaries, nonces.
std::string random_hex(std::size_t bytes);

}  // namespace connectors::common
