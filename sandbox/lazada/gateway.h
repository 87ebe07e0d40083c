#pragma once
// What Lazada's gateway checks before a call reaches its module, in this order: system parameters,
// app key, timestamp, sign, path, token, rate. Threads: the channel locks.
#include <optional>
#include <string>

#include "sandbox/lazada/call.h"
#include "sandbox/lazada/shop.h"

namespace sandbox::lazada {

enum class Access {
  page,      // the consent page for a browser
  token,     // signed, without an access token
  optional,  // an access token may be there
  seller,    // an access token must be there
};
enum class Effect { token, read, write };
enum class Family { plain, inventory, brands };

struct Route {
  Access access = Access::seller;
  Effect effect = Effect::read;
  Reply (*handler)(Shop&, const Call&) = nullptr;
  Family family = Family::plain;
};

enum class EmptyValues { kept, dropped };

// Upper-case hex over path and sorted parameters, `sign` left out.
std::string sign_of(const std::string& app_secret, const std::string& path,
                    std::vector<std::pair<std::string, std::string>> parameters,
                    EmptyValues empty_values);

// `route` is null for unknown paths.
std::optional<Reply> refuse(Shop& shop, const Call& call, const Route* route);

}  // namespace sandbox::lazada
