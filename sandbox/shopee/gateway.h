#pragma once
// What Shopee's gateway checks before a call reaches its module, in the documented order:
// partner, timestamp, sign present, ids numeric, time window, sign, token present, shop present,
// token valid, consent, rate, path. Threads: the channel locks.
#include <optional>
#include <string>

#include "sandbox/shopee/call.h"
#include "sandbox/shopee/shop.h"

namespace sandbox::shopee {

enum class Access {
  page,        // a consent page for a browser: unsigned, no envelope
  public_api,  // partner and sign
  shop_api,    // partner, sign, token and shop
};
enum class Effect { token, read, write };

struct Route {
  Access access = Access::public_api;
  Effect effect = Effect::read;
  Reply (*handler)(Shop&, const Call&) = nullptr;
};

// The sign of a call to `path`; token and shop empty for a public call.
std::string sign_of(const std::string& partner_key, const std::string& partner_id,
                    const std::string& path, const std::string& timestamp,
                    const std::string& access_token, const std::string& shop_id);

// The refusal, or nothing when the call may go to its handler. `route` is null for unknown paths.
std::optional<Reply> refuse(Shop& shop, const Call& call, const Route* route);

// Whether partner, time and sign would pass, without counting a call.
bool signed_well(const Shop& shop, const Call& call, const Route& route);

}  // namespace sandbox::shopee
