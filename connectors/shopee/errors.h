#pragma once
// Shopee's (error, message) pairs in our words: one table, in errors.cpp.
//
// The code alone says too little: `error_auth` is a dead token in one message and a stock rule in
// the next, `error_param` a wrong clock or a wrong price. So the table reads both, the code without
// its module ("product.error_param" is "error_param"). The raw code stays in Error::vendor_code.
// An unknown code of a read is `protocol`; of a write it is `rejected`: a non-empty `error` is
// Shopee's documented refusal.
// Nothing here throws. Threads: safe.
// Source: Open Platform API v2, common error list of the reference as of 2026-08-18.
#include <string_view>

#include "base/clock.h"
#include "base/error.h"

namespace connectors::shopee {

enum class Nature {
  read,
  write_again,  // a second arrival changes nothing
  write_once,   // a second arrival is a second effect
};

base::Error translate(std::string_view code, std::string_view message, Nature nature,
                      base::Instant now);
// One entry of a failure_list: there is no code, only words.
base::Error refusal(std::string_view reason);

// The access token is dead: refresh once, then ask once more.
bool is_dead_token(std::string_view code, std::string_view message);
// About this item alone; anything else would meet the rest of a batch as well.
bool concerns_one_item(const base::Error& error);
// The answer of an update_stock or update_price whose reason is in its failure_list.
bool points_at_failure_list(std::string_view code);

}  // namespace connectors::shopee
