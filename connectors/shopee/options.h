#pragma once
// One Shopee account's configuration (README.md has the table). Errors: invalid, naming the option
// and never its value. Threads: values.
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/factory.h"

namespace connectors::shopee {

struct Options {
  std::string account;  // ours
  std::int64_t partner_id = 0;
  std::string partner_key;  // text, never hex-decoded
  std::int64_t shop_id = 0;
  std::string auth_code;    // empty: none
  std::string base_url;     // scheme and host
  std::string consent_url;  // of the page without a signature
  std::string region = "VN";
  std::string proxy;
  std::string ca_file;
  common::RateConfig rate{5.0, 5};         // folklore: Shopee publishes no number
  double app_calls_per_second = 0;         // of all shops of the app; 0: not limited by us
  std::vector<std::int64_t> logistic_ids;  // empty: the shop's enabled channels
  std::size_t page_size = 50;              // of order and item lists
  bool grouped = true;                     // packs of one product are models of one item
  std::string location_id;                 // of the warehouse we stock; empty: there is one only
  std::vector<std::string> push_keys;      // any of them may sign; empty: the partner key
  std::string featured_category;           // of the shop, for chosen goods
  bool boost = true;
  std::string dispute_email;           // Shopee writes there about a disputed return
  std::int64_t dispute_reason_id = 0;  // 0: returns are disputed in Seller Centre only
};

inline constexpr std::size_t kPageMax = 100;

base::Result<Options> read_options(const Settings& settings);

}  // namespace connectors::shopee
