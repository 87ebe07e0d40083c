#include "connectors/carriers/vnpost/signature.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace connectors::carriers::vnpost {

namespace {

constexpr std::size_t kKeyBytesMax = 8'192;
constexpr std::size_t kSignatureBytesMax = 2'048;
constexpr int kKeyBitsMin = 2'048;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;

std::vector<unsigned char> from_base64(std::string text) {
  std::erase_if(text, [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; });
  constexpr std::size_t kGroup = 4;
  if (text.empty() || text.size() % kGroup != 0) return {};
  std::vector<unsigned char> bytes(text.size() / kGroup * 3);
  const int length =
      EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()),
                      static_cast<int>(text.size()));
  if (length < 0) return {};
  const auto padding = static_cast<std::size_t>(
      std::count(text.end() - 2, text.end(), '='));  // decoded as zero bytes
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

Key read_key(const std::string& key) {
  if (key.empty() || key.size() > kKeyBytesMax) return nullptr;
  Key read;
  if (key.find("-----BEGIN") != std::string::npos) {
    const std::unique_ptr<BIO, Free> bio{BIO_new_mem_buf(key.data(), static_cast<int>(key.size()))};
    if (bio != nullptr) read.reset(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  } else {
    const auto bytes = from_base64(key);
    const unsigned char* at = bytes.data();
    if (!bytes.empty()) read.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size())));
  }
  ERR_clear_error();
  const bool usable = read != nullptr && EVP_PKEY_get_base_id(read.get()) == EVP_PKEY_RSA &&
                      EVP_PKEY_get_bits(read.get()) >= kKeyBitsMin;
  return usable ? std::move(read) : nullptr;
}

}  // namespace

bool is_public_key(const std::string& key) {
  return read_key(key) != nullptr;
}

bool verifies(const std::string& key, std::string_view message, const std::string& signature) {
  if (signature.size() > kSignatureBytesMax) return false;
  const auto bytes = from_base64(signature);
  const auto public_key = read_key(key);
  const std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
  if (bytes.empty() || public_key == nullptr || context == nullptr) return false;
  const auto* text = reinterpret_cast<const unsigned char*>(message.data());
  const bool good =
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, public_key.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes.data(), bytes.size(), text, message.size()) == 1;
  ERR_clear_error();
  return good;
}

}  // namespace connectors::carriers::vnpost
