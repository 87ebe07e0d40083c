#pragma once
// One Lazada account's configuration (README.md has the table). Errors: invalid, naming the option
// and never its value. Threads: values.
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/factory.h"

namespace connectors::lazada {

// What buyers' parcels measure when the catalogue does not know: Lazada demands sizes.
struct PackageSize {
  int length_cm = 20;
  int width_cm = 15;
  int height_cm = 10;
};

// Packs of one product: variations of one product, or a product each.
enum class Variants { grouped, separate };
// The calls of 2023 and later, or those before: a few own-fleet sellers still need the old ones.
enum class FulfilmentCalls { current, legacy };
// A price that moves by more than kPriceJumpPercent at once may go back to review.
enum class PriceJump { step, reject, send };
enum class LabelForm { pdf, html };

struct Options {
  std::string account;  // ours
  std::string app_key;
  std::string app_secret;
  std::string auth_code;  // empty: none
  std::string base_url;   // up to and with /rest
  std::string auth_url;
  std::string consent_url;  // the page a person opens
  std::string proxy;
  std::string ca_file;
  common::RateConfig rate{10.0, 10};
  double app_calls_per_second = 0;  // of all sellers of the app; 0: not limited by us
  std::string brand = "No Brand";
  std::string brand_id;  // used instead of the name when given
  std::vector<std::pair<std::string, std::string>> attributes;  // of every create
  PackageSize package;
  std::size_t page_size = 50;    // of order and product lists
  std::size_t stock_batch = 50;  // SKUs per stock or price call
  Variants variants = Variants::grouped;
  std::string variant_attribute;  // empty: the category's own
  FulfilmentCalls fulfilment = FulfilmentCalls::current;
  PriceJump price_jump = PriceJump::step;
  LabelForm label = LabelForm::pdf;
};

inline constexpr std::size_t kOrderPageMax = 100;
inline constexpr std::size_t kProductPageMax = 50;
inline constexpr std::size_t kBatchMax = 50;
inline constexpr std::int64_t kPriceJumpPercent = 80;

base::Result<Options> read_options(const Settings& settings);

}  // namespace connectors::lazada
