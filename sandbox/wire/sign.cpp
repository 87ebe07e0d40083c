#include "sandbox/wire/sign.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace sandbox::wire {
namespace {

std::string hex(const unsigned char* bytes, std::size_t count, const char* digits) {
  std::string out;
  out.reserve(count * 2);
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(digits[bytes[i] >> 4U]);
    out.push_back(digits[bytes[i] & 0x0FU]);
  }
  return out;
}

std::string hmac(std::string_view key, std::string_view message, const char* digits) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(), &length);
  return hex(mac.data(), length, digits);
}

}  // namespace

std::string hmac_hex_lower(std::string_view key, std::string_view message) {
  return hmac(key, message, "0123456789abcdef");
}

std::string hmac_hex_upper(std::string_view key, std::string_view message) {
  return hmac(key, message, "0123456789ABCDEF");
}

std::string content_id(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(content.data(), content.size(), digest.data(), &length, EVP_sha256(), nullptr);
  return hex(digest.data(), 16, "0123456789abcdef");
}

bool same_signature(std::string_view expected, std::string_view given) {
  if (expected.size() != given.size()) return false;
  int difference = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    difference |= static_cast<unsigned char>(expected[i]) ^ static_cast<unsigned char>(given[i]);
  }
  return difference == 0;
}

}  // namespace sandbox::wire
