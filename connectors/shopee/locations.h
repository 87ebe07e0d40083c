#pragma once
// The warehouse that our stock lies in. Shopee wants its id in a shop with several warehouses and
// none in a shop with one, so the shop is asked once per process, unless the account says it.
// Errors: Client's; invalid when there are several and the option location_id names none.
// Threads: one. Source: Open Platform API v2, shop.get_warehouse_detail, 2026-08-18.
#include <optional>
#include <string>

#include "connectors/shopee/client.h"

namespace connectors::shopee {

class Locations {
 public:
  explicit Locations(Client& client) : client_(client) {}

  // Empty: send none.
  base::Result<std::string> id();

 private:
  Client& client_;
  std::optional<std::string> known_;
};

}  // namespace connectors::shopee
