#include "app/session_vault.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "base/log.h"
#include "connectors/common/json.h"

namespace app {
namespace {

namespace cc = connectors::common;

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string seal(const std::string& plain, const SealKey& key, const std::string& context) {
  std::string out(kNonceBytes + plain.size() + kTagBytes, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  randombytes_buf(to, kNonceBytes);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(to + kNonceBytes, &written, bytes_of(plain),
                                             plain.size(), bytes_of(context), context.size(),
                                             nullptr, to, key.bytes().data());
  return out;
}

std::optional<std::string> open(const std::string& sealed, const SealKey& key,
                                const std::string& context) {
  if (sealed.size() < kNonceBytes + kTagBytes) return std::nullopt;
  std::string plain(sealed.size() - kNonceBytes - kTagBytes, '\0');
  unsigned long long written = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<unsigned char*>(plain.data()), &written, nullptr,
      bytes_of(sealed) + kNonceBytes, sealed.size() - kNonceBytes, bytes_of(context),
      context.size(), bytes_of(sealed), key.bytes().data());
  if (failed != 0) return std::nullopt;
  return plain;
}

}  // namespace

SealKey::SealKey(const std::string& path) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
  int file = ::open(path.c_str(), O_RDONLY);
  if (file < 0) {
    randombytes_buf(bytes_.data(), bytes_.size());
    file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
    const bool kept =
        file >= 0 &&
        ::write(file, bytes_.data(), bytes_.size()) == static_cast<ssize_t>(bytes_.size()) &&
        ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!kept) throw std::runtime_error("cannot make the key file " + path);
    return;
  }
  const auto got = ::read(file, bytes_.data(), bytes_.size());
  ::close(file);
  if (got != static_cast<ssize_t>(bytes_.size())) {
    throw std::runtime_error("the key file " + path + " is damaged");
  }
}

std::string KeySealer::seal(std::string_view about, std::string_view plain) const {
  return app::seal(std::string(plain), key_, std::string(about));
}

std::optional<std::string> KeySealer::open(std::string_view about, std::string_view sealed) const {
  return app::open(std::string(sealed), key_, std::string(about));
}

std::optional<cc::Session> SessionVault::load() {
  std::optional<std::string> sealed;
  store_.read([&](jobs::Tables& tables) { sealed = tables.sessions.load(account_); });
  if (!sealed) return std::nullopt;
  const auto plain = open(*sealed, key_, account_.text);
  const auto json = plain ? cc::parse_json(*plain) : base::Result<cc::Json>(base::Error{});
  if (!json) {
    base::log_event(base::Level::error, "session_unreadable", {{"account", account_.text}});
    return std::nullopt;
  }
  cc::Session session;
  session.access_token = cc::text(json.value(), "access");
  session.refresh_token = cc::text(json.value(), "refresh");
  session.access_expires_at =
      base::from_unix_ms(cc::integer(json.value(), "access_expires").value_or(0));
  session.refresh_expires_at =
      base::from_unix_ms(cc::integer(json.value(), "refresh_expires").value_or(0));
  if (const auto ends = cc::integer(json.value(), "consent_ends")) {
    session.consent_ends_at = base::from_unix_ms(*ends);
  }
  session.generation = cc::integer(json.value(), "generation").value_or(0);
  return session;
}

void SessionVault::save(const cc::Session& session) {
  auto json = cc::json_object(
      {{"access", cc::json_string(session.access_token)},
       {"refresh", cc::json_string(session.refresh_token)},
       {"access_expires", cc::json_number(base::to_unix_ms(session.access_expires_at))},
       {"refresh_expires", cc::json_number(base::to_unix_ms(session.refresh_expires_at))},
       {"generation", cc::json_number(session.generation)}});
  if (session.consent_ends_at) {
    json["consent_ends"] = cc::json_number(base::to_unix_ms(*session.consent_ends_at));
  }
  const auto sealed = seal(cc::to_text(json), key_, account_.text);
  store_.write([&](jobs::Tables& tables) { tables.sessions.save(account_, sealed); });
}

}  // namespace app
