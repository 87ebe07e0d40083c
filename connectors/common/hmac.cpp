#include "connectors/common/hmac.h"

#include <sodium.h>

#include <array>
#include <cstdlib>

namespace connectors::common {

namespace {

using Digest = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;
static_assert(crypto_auth_hmacsha256_BYTES == crypto_hash_sha256_BYTES);

void start_sodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) std::abort();  // no signature could be trusted
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());  // NOLINT: libsodium's byte type
}

std::string to_hex(const unsigned char* bytes, std::size_t size, HexCase letters) {
  const std::string_view digits =
      letters == HexCase::lower ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string out;
  out.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    out += digits[bytes[i] >> 4U];
    out += digits[bytes[i] & 0x0FU];
  }
  return out;
}

Digest hmac(std::string_view key, std::string_view message) {
  start_sodium();
  crypto_auth_hmacsha256_state state;
  Digest digest{};
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  sodium_memzero(&state, sizeof state);
  return digest;
}

std::string to_base64(const unsigned char* bytes, std::size_t size) {
  const int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string out(sodium_base64_encoded_len(size, variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes, size, variant);
  out.pop_back();  // the terminator that libsodium counts
  return out;
}

}  // namespace

std::string hmac_sha256_hex(std::string_view key, std::string_view message, HexCase letters) {
  const Digest digest = hmac(key, message);
  return to_hex(digest.data(), digest.size(), letters);
}

std::string hmac_sha256_base64(std::string_view key, std::string_view message) {
  const Digest digest = hmac(key, message);
  return to_base64(digest.data(), digest.size());
}

std::string sha256_hex(std::string_view message, HexCase letters) {
  start_sodium();
  Digest digest{};
  crypto_hash_sha256(digest.data(), bytes_of(message), message.size());
  return to_hex(digest.data(), digest.size(), letters);
}

std::string base64(std::string_view bytes) {
  start_sodium();
  return to_base64(bytes_of(bytes), bytes.size());
}

bool equal_constant_time(std::string_view one, std::string_view other) {
  start_sodium();
  if (one.size() != other.size()) return false;
  return sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string random_hex(std::size_t bytes) {
  start_sodium();
  std::string random(bytes, '\0');
  randombytes_buf(random.data(), random.size());
  return to_hex(bytes_of(random), random.size(), HexCase::lower);
}

}  // namespace connectors::common
