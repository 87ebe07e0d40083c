#pragma once
// What a seller would hold for each simulated channel. Keys are text; consent codes are single-use.
#include <cpprest/json.h>

#include <cstdint>
#include <string>

#include "sandbox/context.h"

namespace sandbox {

struct ShopeeCredentials {
  std::int64_t partner_id = 0;
  std::string partner_key;
  std::string push_key;
  std::int64_t shop_id = 0;
  std::string auth_code;
};
struct LazadaCredentials {
  std::string app_key;
  std::string app_secret;
  std::string auth_code;
};
struct ProvincialCredentials {
  std::string consumer_key;
  std::string consumer_secret;
  std::string webhook_secret;
};
struct ViettelPostCredentials {
  std::string username;
  std::string password;
  std::string webhook_token = {};  // what its callbacks show
};
// The signing key is the carrier's half, PEM; it is kept here because it must outlive a killed
// sandbox. credentials.json shows the seller's half as "public_key" beside it.
struct VnpostCredentials {
  std::string username;
  std::string password;
  std::string customer_code;
  std::string signing_key = {};
};

struct Credentials {
  ShopeeCredentials shopee;
  LazadaCredentials lazada;
  ProvincialCredentials provincial;
  ViettelPostCredentials viettelpost;
  VnpostCredentials vnpost;
};

Credentials make_credentials(Dice& dice);
web::json::value to_json(const Credentials& credentials);
// Throws web::json::json_exception when a member is missing.
Credentials credentials_from(const web::json::value& json);

}  // namespace sandbox
