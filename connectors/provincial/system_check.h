#pragma once
// What a WooCommerce store must be like for our goods to be sold rightly there, and what the key
// may do. Nothing is written: a batch without elements tells whether the key may write.
// A key whose owner is no shop manager does not see settings: then the public cart says the
// currency, and the rest is named as unknown. Private to this folder. Threads: one.
// Source: WooCommerce REST API v3, "System status", "Settings"; Store API, "Cart" (2026-11).
#include <string>
#include <vector>

#include "connectors/provincial/client.h"
#include "connectors/system_check.h"

namespace connectors::provincial {

class StoreCheck final : public SystemCheck {
 public:
  explicit StoreCheck(Client& client) : client_(client) {}

  base::Result<std::vector<Finding>> findings() override;

 private:
  using Findings = std::vector<Finding>;

  // False: nothing more can be asked.
  base::Result<bool> check_address(Findings& out);
  base::Result<bool> check_reading(Findings& out);
  void check_encryption(Findings& out) const;
  void check_writing(Findings& out);
  void check_orders(Findings& out);
  void check_status(Findings& out);
  void check_money(const std::string& currency, std::int64_t decimals, Findings& out) const;
  void check_settings(Findings& out);
  std::string setting(const std::string& name);

  Client& client_;
};

}  // namespace connectors::provincial
