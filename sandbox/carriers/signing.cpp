#include "sandbox/carriers/signing.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <stdexcept>
#include <vector>

namespace sandbox::carriers {
namespace {

constexpr unsigned kKeyBits = 2048;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Bio = std::unique_ptr<BIO, Free>;
using Digest = std::unique_ptr<EVP_MD_CTX, Free>;

void need(bool done) {
  if (!done) throw std::runtime_error("the signing key cannot be used");
}

Key read_key(const std::string& pem) {
  const Bio bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  need(bio != nullptr);
  Key key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  need(key != nullptr);
  return key;
}

std::string text_of(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<std::size_t>(length)};
}

}  // namespace

std::string new_signing_key() {
  const Key key{EVP_RSA_gen(kKeyBits)};
  const Bio bio{BIO_new(BIO_s_mem())};
  need(key != nullptr && bio != nullptr);
  need(PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
  return text_of(bio.get());
}

std::string public_key_of(const std::string& signing_key) {
  const auto key = read_key(signing_key);
  const Bio bio{BIO_new(BIO_s_mem())};
  need(bio != nullptr && PEM_write_bio_PUBKEY(bio.get(), key.get()) == 1);
  return text_of(bio.get());
}

std::string sign_base64(const std::string& signing_key, std::string_view message) {
  const auto key = read_key(signing_key);
  const Digest context{EVP_MD_CTX_new()};
  need(context != nullptr);
  need(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
  need(EVP_DigestSignUpdate(context.get(), message.data(), message.size()) == 1);
  std::size_t length = 0;
  need(EVP_DigestSignFinal(context.get(), nullptr, &length) == 1);
  std::vector<unsigned char> signature(length);
  need(EVP_DigestSignFinal(context.get(), signature.data(), &length) == 1);
  return base64({reinterpret_cast<const char*>(signature.data()), length});
}

std::string base64(std::string_view bytes) {
  constexpr std::size_t kGroupIn = 3;
  constexpr std::size_t kGroupOut = 4;
  std::string out((bytes.size() + kGroupIn - 1) / kGroupIn * kGroupOut + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace sandbox::carriers
