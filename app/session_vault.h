#pragma once
// Channel tokens, and what a carrier is told of a buyer, at rest: sealed with XChaCha20-Poly1305
// (libsodium), the account's name as associated data, the key in a file of its own (0600) outside
// the database and its backups. Errors: a blob that does not open reads as "no session" and is
// reported once in the log; the key file that cannot be made or read throws std::runtime_error.
// Threads: safe.
#include <array>
#include <string>

#include "connectors/common/session.h"
#include "jobs/services.h"

namespace app {

class SealKey {
 public:
  static constexpr std::size_t kBytes = 32;
  // Reads the key, or makes one when the file is not there.
  explicit SealKey(const std::string& path);
  const std::array<unsigned char, kBytes>& bytes() const { return bytes_; }

 private:
  std::array<unsigned char, kBytes> bytes_{};
};

class KeySealer final : public jobs::Sealer {
 public:
  explicit KeySealer(const SealKey& key) : key_(key) {}
  std::string seal(std::string_view about, std::string_view plain) const override;
  std::optional<std::string> open(std::string_view about, std::string_view sealed) const override;

 private:
  const SealKey& key_;
};

class SessionVault final : public connectors::common::SessionStore {
 public:
  SessionVault(jobs::Store& store, const SealKey& key, catalog::AccountId account)
      : store_(store), key_(key), account_(std::move(account)) {}

  std::optional<connectors::common::Session> load() override;
  void save(const connectors::common::Session& session) override;

 private:
  jobs::Store& store_;
  const SealKey& key_;
  const catalog::AccountId account_;
};

}  // namespace app
