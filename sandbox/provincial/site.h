#pragma once
// What the store says of itself: the site's index, system status, settings, the public cart; and
// how it is set up, which POST /act may change. Threads: the owner locks.
#include <optional>
#include <string>

#include "base/result.h"
#include "sandbox/provincial/shapes.h"

namespace sandbox::provincial {

struct Site {
  std::string currency = "VND";
  std::int64_t decimals = 0;
  bool counts_stock = true;
  std::string weight_unit = "kg";
  std::string dimension_unit = "cm";
  std::string time_zone = "Asia/Ho_Chi_Minh";
  std::string version = "9.3.3";
  std::string permissions = "read_write";  // of the key: "read", "write", "read_write"
  bool manager = true;                     // its owner may see settings and status
  bool basic_over_http = true;             // as if TLS ended before us; off: OAuth 1.0a only
  bool permalinks = true;                  // off: ?rest_route= only
  std::string path;                        // "/cho": the store's folder on its host

  // {"act":"set_up", member: value, …}; `invalid` names the member that is none.
  base::Result<Json> act(const Json& wanted);
  Json save() const;
  void load(const Json& state);
};

// The pages that belong to no resource. Nullopt: not one of them.
std::optional<Answer> site_page(const Site& site, const Call& call);
bool is_site_page(const std::string& route);
// Those that anybody may see.
bool is_public_page(const std::string& route);

}  // namespace sandbox::provincial
