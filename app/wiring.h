#pragma once
// The only place that knows every concrete class: reads the settings and puts store, connectors and
// services together. Throws std::runtime_error with a plain sentence when the settings are wrong.
#include <memory>
#include <string>
#include <vector>

#include "app/call_stores.h"
#include "app/carriers.h"
#include "app/session_vault.h"
#include "config/settings.h"
#include "connectors/common/pace.h"
#include "connectors/common/rate_limiter.h"
#include "jobs/engine.h"
#include "jobs/services.h"
#include "storage/sqlite/sqlite_store.h"

namespace app {

enum class Access { read_write, read_only };

class Wiring {
 public:
  // Accounts of the settings are put into the catalogue when `access` allows it.
  Wiring(const config::Settings& settings, Access access, jobs::Observer& observer);

  storage::SqliteStore& store() { return *store_; }
  jobs::Services& services() { return *services_; }
  base::Clock& clock() { return clock_; }
  connectors::common::StoppableWaiter& waiter() { return waiter_; }
  // By the names of the settings; those whose carrier could not be made too.
  const std::map<std::string, CarrierSetup>& carriers() const { return carriers_; }
  // Why an account of the settings has no connector; empty: it has one. Carriers too.
  const std::map<std::string, std::string>& broken() const { return broken_; }

 private:
  void remember(const catalog::Account& account);
  void ask_for_new_maps(const jobs::Channel& channel);
  void add_account(const config::Settings& settings, const std::string& name, Access access);
  void add_carrier(const config::Settings& settings, const std::string& name);

  base::SystemClock clock_;
  connectors::common::StoppableWaiter waiter_;
  std::unique_ptr<storage::SqliteStore> store_;
  std::unique_ptr<SealKey> key_;
  std::unique_ptr<KeySealer> sealer_;
  std::map<std::string, CarrierSetup> carriers_;
  std::vector<std::unique_ptr<SessionVault>> vaults_;
  std::vector<std::unique_ptr<StoredUploads>> uploads_;
  std::unique_ptr<StoredPace> pace_;
  std::unique_ptr<connectors::common::PaceBook> paces_;
  std::unique_ptr<jobs::Services> services_;
  std::map<std::string, std::string> broken_;
};

// The channels this program knows; one line each.
std::vector<std::string> known_channels();

}  // namespace app
