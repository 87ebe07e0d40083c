#pragma once
// How a connector comes to life: one function per folder, registered by one line in app/wiring.cpp.
//
//   base::Result<std::unique_ptr<Connector>> shopee::make(const Settings&, const Environment&);
//
// `options` are the account's lines of the configuration with the members of its credentials file
// merged in (all text): each folder's README.md and sample.conf name them. A missing or malformed
// option is `invalid` and names the option, never its value.
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/ids.h"
#include "connectors/connector.h"

namespace connectors {

namespace common {
class PaceBook;      // connectors/common/pace.h
class SessionStore;  // connectors/common/session.h
class UploadStore;   // connectors/common/upload_store.h
class Waiter;        // connectors/common/rate_limiter.h
}  // namespace common

struct Settings {
  catalog::AccountId account;
  std::map<std::string, std::string> options;
};

// What the outside gives; all of it outlives the connector.
struct Environment {
  base::Clock& clock;
  common::SessionStore& sessions;
  common::Waiter& waiter;
  common::PaceBook* paces = nullptr;       // null: limits are forgotten with the connector
  common::UploadStore* uploads = nullptr;  // the account's; null: forgotten with the connector
};

}  // namespace connectors
