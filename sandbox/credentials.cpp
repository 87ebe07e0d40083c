#include "sandbox/credentials.h"

#include "sandbox/carriers/signing.h"
#include "sandbox/json_tools.h"

namespace sandbox {

using web::json::value;

namespace {

std::int64_t id_in(const value& object, const char* name) {
  const auto id = integer_in(object, name);
  if (!id) throw web::json::json_exception(std::string(name) + " is no whole number");
  return *id;
}

}  // namespace

Credentials make_credentials(Dice& dice) {
  constexpr std::size_t kKeyDigits = 40;
  Credentials out;
  out.shopee.partner_id = dice.between(1'000'000, 1'999'999);
  out.shopee.partner_key = "shpk" + dice.hex(kKeyDigits);
  out.shopee.push_key = "shpk" + dice.hex(kKeyDigits);
  out.shopee.shop_id = dice.between(600'000, 699'999);
  out.lazada.app_key = std::to_string(dice.between(100'000, 999'999));
  out.lazada.app_secret = dice.alphanumeric(32);
  out.provincial.consumer_key = "ck_" + dice.hex(kKeyDigits);
  out.provincial.consumer_secret = "cs_" + dice.hex(kKeyDigits);
  out.provincial.webhook_secret = dice.alphanumeric(32);
  out.viettelpost = {"sandbox-seller", dice.alphanumeric(16), {}};
  out.vnpost = {"sandbox-seller", dice.alphanumeric(16), "C" + dice.hex(8), {}};
  out.viettelpost.webhook_token = dice.alphanumeric(32);
  return out;
}

value to_json(const Credentials& c) {
  value out;
  out["shopee"]["partner_id"] = value::number(c.shopee.partner_id);
  out["shopee"]["partner_key"] = value::string(c.shopee.partner_key);
  out["shopee"]["push_key"] = value::string(c.shopee.push_key);
  out["shopee"]["shop_id"] = value::number(c.shopee.shop_id);
  out["shopee"]["auth_code"] = value::string(c.shopee.auth_code);
  out["lazada"]["app_key"] = value::string(c.lazada.app_key);
  out["lazada"]["app_secret"] = value::string(c.lazada.app_secret);
  out["lazada"]["auth_code"] = value::string(c.lazada.auth_code);
  out["provincial"]["consumer_key"] = value::string(c.provincial.consumer_key);
  out["provincial"]["consumer_secret"] = value::string(c.provincial.consumer_secret);
  out["provincial"]["webhook_secret"] = value::string(c.provincial.webhook_secret);
  out["viettelpost"]["username"] = value::string(c.viettelpost.username);
  out["viettelpost"]["password"] = value::string(c.viettelpost.password);
  out["viettelpost"]["webhook_token"] = value::string(c.viettelpost.webhook_token);
  out["vnpost"]["username"] = value::string(c.vnpost.username);
  out["vnpost"]["password"] = value::string(c.vnpost.password);
  out["vnpost"]["customer_code"] = value::string(c.vnpost.customer_code);
  if (!c.vnpost.signing_key.empty()) {
    out["vnpost"]["signing_key"] = value::string(c.vnpost.signing_key);
    out["vnpost"]["public_key"] = value::string(carriers::public_key_of(c.vnpost.signing_key));
  }
  return out;
}

Credentials credentials_from(const value& json) {
  Credentials c;
  const auto& shopee = json.at("shopee");
  c.shopee = {id_in(shopee, "partner_id"),
              shopee.at("partner_key").as_string(),
              shopee.at("push_key").as_string(),
              id_in(shopee, "shop_id"),
              {}};
  const auto& lazada = json.at("lazada");
  c.lazada = {lazada.at("app_key").as_string(), lazada.at("app_secret").as_string(), {}};
  const auto& store = json.at("provincial");
  c.provincial = {store.at("consumer_key").as_string(), store.at("consumer_secret").as_string(),
                  store.at("webhook_secret").as_string()};
  const auto& viettel = json.at("viettelpost");
  c.viettelpost = {viettel.at("username").as_string(), viettel.at("password").as_string(),
                   text_in(viettel, "webhook_token")};
  const auto& vnpost = json.at("vnpost");
  c.vnpost = {vnpost.at("username").as_string(), vnpost.at("password").as_string(),
              vnpost.at("customer_code").as_string(), text_in(vnpost, "signing_key")};
  return c;
}

}  // namespace sandbox
