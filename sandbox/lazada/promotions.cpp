// Flexi combos, vouchers and free shipping: three kinds of one thing, told apart by the path. They
// are kept, timed and listed as documented; the simulated buyers pay the plain price all the same.
// A refusal is an answer with code "0" and success false.
#include <algorithm>
#include <map>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPromotionBase = 9'616'200'353'530;
constexpr std::size_t kPromotionsMax = 10'000;
constexpr std::size_t kSkusPerPromotionMax = 10'000;
constexpr std::int64_t kPageMax = 100;

enum class Shape { text, number, json, flag };

struct Member {
  const char* name;
  Shape shape;
  bool mandatory;
  const char* words = "";  // allowed values, "|" around each; empty: any
};

struct KindOf {
  const char* kind;
  const char* start;
  const char* end;
  const char* name;
  std::vector<Member> members;
};

const KindOf& flexicombo() {
  static const KindOf kKind = {
      "flexicombo",
      "start_time",
      "end_time",
      "name",
      {{"apply", Shape::text, true, "|ENTIRE_STORE|ENTIRE_SHOP|SPECIFIC_PRODUCTS|"},
       {"criteria_type", Shape::text, true, "|AMOUNT|QUANTITY|"},
       {"criteria_value", Shape::json, true},
       {"order_numbers", Shape::number, true},
       {"name", Shape::text, true},
       {"platform_channel", Shape::text, false},
       {"gift_skus", Shape::json, false},
       {"sample_skus", Shape::json, false},
       {"start_time", Shape::number, true},
       {"end_time", Shape::number, true},
       {"discount_type", Shape::text, true,
        "|money|discount|freeGift|freeSample|discountWithGift|moneyWithGift|discountWithSample|"
        "moneyWithSample|"},
       {"discount_value", Shape::json, true},
       {"stackable", Shape::flag, false},
       {"gift_buy_limit_value", Shape::json, false}}};
  return kKind;
}

const KindOf& voucher() {
  static const KindOf kKind = {
      "voucher",
      "period_start_time",
      "period_end_time",
      "voucher_name",
      {{"voucher_type", Shape::text, true, "|COLLECTIBLE_VOUCHER|CODE_VOUCHER|"},
       {"apply", Shape::text, true, "|ENTIRE_SHOP|SPECIFIC_PRODUCTS|"},
       {"display_area", Shape::text, true,
        "|REGULAR_CHANNEL|STORE_FOLLOWER|OFFLINE|LIVE_STREAM|SHARE_VOUCHER|CEM_SELLER|"},
       {"voucher_name", Shape::text, true},
       {"voucher_discount_type", Shape::text, true, "|MONEY_VALUE_OFF|PERCENTAGE_DISCOUNT_OFF|"},
       {"criteria_over_money", Shape::text, true},
       {"period_start_time", Shape::number, true},
       {"period_end_time", Shape::number, true},
       {"collect_start", Shape::number, false},
       {"limit", Shape::number, true},
       {"issued", Shape::number, true},
       {"offering_money_value_off", Shape::text, false},
       {"max_discount_offering_money_value", Shape::text, false},
       {"offering_percentage_discount_off", Shape::text, false}}};
  return kKind;
}

const KindOf& freeshipping() {
  static const KindOf kKind = {
      "freeshipping",
      "period_start_time",
      "period_end_time",
      "promotion_name",
      {{"promotion_name", Shape::text, true},
       {"budget_type", Shape::text, true, "|UNLIMITED_BUDGET|LIMITED_BUDGET|"},
       {"budget_value", Shape::text, false},
       {"template_type", Shape::text, false, "|MANUALLY|CAMPAIGN|TEMPLATE|"},
       {"template_code", Shape::text, false},
       {"category_name", Shape::text, false},
       {"campaign_tag", Shape::text, false},
       {"apply", Shape::text, true, "|ENTIRE_SHOP|SPECIFIC_PRODUCTS|CAMPAIGN_PRODUCTS|"},
       {"period_type", Shape::text, true, "|LONG_TERM|SPECIAL_PERIOD|"},
       {"period_start_time", Shape::number, true},
       {"period_end_time", Shape::number, true},
       {"region_type", Shape::text, true, "|ALL_REGIONS|SPECIAL_REGIONS|"},
       {"region_value", Shape::json, false},
       {"delivery_option", Shape::text, true, "|STANDARD|ECONOMY|EXPRESS|"},
       {"tiers", Shape::json, true},
       {"discount_type", Shape::text, true, "|FULL_SUBSIDY|PARTIAL_SUBSIDY|"},
       {"deal_criteria", Shape::text, true,
        "|MONEY_VALUE_FROM_X|ITEM_QUANTITY_FROM_X|NO_CONDITION|"}}};
  return kKind;
}

const KindOf& kind_of(const Call& call) {
  if (call.path.find("/flexicombo") != std::string::npos) return flexicombo();
  return call.path.find("/voucher") != std::string::npos ? voucher() : freeshipping();
}

Reply promo_ok(std::optional<Json> payload = std::nullopt) {
  Reply reply;
  if (payload) reply.body["data"] = std::move(*payload);
  reply.body["success"] = Json::boolean(true);
  reply.body["error_code"] = Json::null();
  reply.body["error_msg"] = Json::null();
  return reply;
}

Reply promo_fail(const std::string& code, const std::string& why) {
  Reply reply;
  reply.body["success"] = Json::boolean(false);
  reply.body["error_code"] = Json::string(code);
  reply.body["error_msg"] = Json::string("E0" + code + ": \"" + why + "\"");
  return reply;
}

std::optional<Json> value_of(const Call& call, const Member& member) {
  const auto text = call.text(member.name);
  if (member.shape == Shape::text) return Json::string(text);
  if (member.shape == Shape::flag) return Json::boolean(text == "true");
  if (member.shape == Shape::number) {
    const auto number = wire::to_integer(text);
    return number && *number >= 0 ? std::optional<Json>(Json::number(*number)) : std::nullopt;
  }
  auto json = wire::parse(text);
  return json && json->is_array() ? json : std::nullopt;
}

// Reads what was sent into `facts`; the name of what is missing or wrong, "" when all is well.
std::string read_facts(const Call& call, const KindOf& kind, Json& facts) {
  for (const auto& member : kind.members) {
    if (!call.has(member.name)) {
      if (member.mandatory && !wire::has(facts, member.name)) return member.name;
      continue;
    }
    const std::string words = member.words;
    if (!words.empty() && words.find("|" + call.text(member.name) + "|") == std::string::npos) {
      return member.name;
    }
    auto value = value_of(call, member);
    if (!value) return member.name;
    facts[member.name] = std::move(*value);
  }
  return {};
}

std::string wrong_times(const Shop& shop, const KindOf& kind, const Json& facts) {
  const auto start = wire::integer(facts, kind.start);
  const auto end = wire::integer(facts, kind.end);
  return start < end && end > shop.now_ms() ? std::string{} : std::string(kind.end);
}

std::string wrong_offer(const KindOf& kind, const Json& facts) {
  if (std::string(kind.kind) == "flexicombo") {
    const auto values = wire::list(facts, "discount_value").size();
    return values == wire::list(facts, "criteria_value").size() && values > 0 ? ""
                                                                              : "discount_value";
  }
  if (std::string(kind.kind) != "voucher") return "";
  const bool money = wire::text(facts, "voucher_discount_type") == "MONEY_VALUE_OFF";
  const auto* name = money ? "offering_money_value_off" : "offering_percentage_discount_off";
  return wire::integer(facts, name) > 0 ? "" : name;
}

Promotion* find(Shop& shop, const Call& call) {
  const auto found = shop.promotions.find(call.integer("id").value_or(0));
  const bool ours = found != shop.promotions.end() && found->second.kind == kind_of(call).kind;
  return ours ? &found->second : nullptr;
}

// {"productId","skuId"} as they are sent, {"product_id","sku_id"} as they are shown.
Json shown_skus(const Json& sent) {
  std::vector<Json> out;
  for (const auto& one : wire::as_list(sent)) {
    out.push_back(object({{"product_id", wire::integer(one, "productId")},
                          {"sku_id", wire::integer(one, "skuId")}}));
  }
  return wire::array(std::move(out));
}

Json promotion_json(const Shop& shop, const Promotion& one) {
  auto row = one.facts;
  row["id"] = Json::number(one.id);
  row["status"] = Json::string(one.status(shop.now_ms()));
  if (one.kind == "flexicombo") {
    row["type"] = Json::string("Flexi-combo");
    row["order_used_numbers"] = Json::number(0);
    for (const auto* name : {"gift_skus", "sample_skus"}) {
      row[name] = shown_skus(wire::member(one.facts, name));
    }
    return row;
  }
  row["currency"] = Json::string("VND");
  if (one.kind == "voucher") {
    row["voucher_code"] = Json::string("HTX" + std::to_string(one.id % 1'000'000));
    row["order_used_budget"] = Json::number(0);
    return row;
  }
  row["used_budget_value"] = Json::string("0");
  row["platform_channel"] = Json::string("ALL_CHANNEL");
  row["promo_tier"] = object({{"tiers", wire::member(one.facts, "tiers")},
                              {"discount_type", wire::text(one.facts, "discount_type")},
                              {"deal_criteria", wire::text(one.facts, "deal_criteria")}});
  for (const auto* name : {"tiers", "discount_type", "deal_criteria"}) row.erase(name);
  return row;
}

struct Page {
  std::int64_t current = 1;
  std::int64_t size = 10;
};

std::optional<Page> page_of(const Call& call) {
  Page page;
  if (call.has("cur_page")) page.current = call.integer("cur_page").value_or(0);
  if (call.has("page_size")) page.size = call.integer("page_size").value_or(0);
  if (page.current < 1 || page.current > 1'000'000) return std::nullopt;
  if (page.size < 1 || page.size > kPageMax) return std::nullopt;
  return page;
}

Json page_json(const Page& page, const std::vector<Json>& all) {
  std::vector<Json> rows;
  const auto total = static_cast<std::int64_t>(all.size());
  for (auto i = (page.current - 1) * page.size; i < std::min(total, page.current * page.size);
       ++i) {
    rows.push_back(all[static_cast<std::size_t>(i)]);
  }
  return object({{"total", total},
                 {"current", page.current},
                 {"page_size", page.size},
                 {"data_list", wire::array(std::move(rows))}});
}

Reply switched(Shop& shop, const Call& call, const char* verb, bool suspended) {
  auto* one = find(shop, call);
  if (one == nullptr || one->status(shop.now_ms()) == "FINISH" || one->suspended == suspended) {
    return promo_fail("23", std::string(verb) + " failed");
  }
  one->suspended = suspended;
  return promo_ok();
}

}  // namespace

std::string Promotion::status(std::int64_t now_ms) const {
  if (end_ms <= now_ms) return "FINISH";
  if (suspended) return "SUSPEND";
  return start_ms <= now_ms ? "ONGOING" : "NOT_START";
}

Reply promotion_create(Shop& shop, const Call& call) {
  const auto& kind = kind_of(call);
  Promotion one;
  auto wrong = read_facts(call, kind, one.facts);
  if (wrong.empty()) wrong = wrong_times(shop, kind, one.facts);
  if (wrong.empty()) wrong = wrong_offer(kind, one.facts);
  if (!wrong.empty()) {
    return promo_fail(std::string(kind.kind) == "voucher" ? "24" : "22", wrong + " is illegal");
  }
  if (shop.promotions.size() >= kPromotionsMax) return promo_fail("23", "too many promotions");
  one.id = kPromotionBase + shop.next_serial++;
  one.kind = kind.kind;
  one.start_ms = wire::integer(one.facts, kind.start);
  one.end_ms = wire::integer(one.facts, kind.end);
  const auto id = one.id;
  shop.promotions[id] = std::move(one);
  return promo_ok(Json::number(id));
}

Reply promotion_update(Shop& shop, const Call& call) {
  const auto& kind = kind_of(call);
  auto* known = find(shop, call);
  if (known == nullptr) return promo_fail("23", "update failed");
  auto facts = known->facts;
  auto wrong = read_facts(call, kind, facts);
  if (wrong.empty()) wrong = wrong_times(shop, kind, facts);
  if (wrong.empty()) wrong = wrong_offer(kind, facts);
  if (wrong.empty() && wire::integer(facts, "issued") < wire::integer(known->facts, "issued")) {
    wrong = "issued";  // may only grow
  }
  if (!wrong.empty()) return promo_fail("22", wrong + " is illegal");
  known->start_ms = wire::integer(facts, kind.start);
  known->end_ms = wire::integer(facts, kind.end);
  known->facts = std::move(facts);
  return std::string(kind.kind) == "voucher" ? promo_ok(Json::number(known->id)) : promo_ok();
}

Reply promotion_activate(Shop& shop, const Call& call) {
  return switched(shop, call, "activate", false);
}
Reply promotion_deactivate(Shop& shop, const Call& call) {
  return switched(shop, call, "deactivate", true);
}

Reply promotion_get(Shop& shop, const Call& call) {
  const auto* one = find(shop, call);
  return one == nullptr ? promo_fail("21", "unknown id") : promo_ok(promotion_json(shop, *one));
}

Reply promotion_list(Shop& shop, const Call& call) {
  const auto page = page_of(call);
  if (!page) return promo_fail("22", "cur_page or page_size is illegal");
  const auto& kind = kind_of(call);
  const auto status = call.text("status");
  const auto name = call.text("name");
  std::vector<Json> rows;
  for (const auto& [id, one] : shop.promotions) {
    if (one.kind != kind.kind) continue;
    if (!status.empty() && status != "null" && one.status(shop.now_ms()) != status) continue;
    const bool named = name.empty() || name == "null" ||
                       wire::text(one.facts, kind.name).find(name) != std::string::npos;
    if (named) rows.push_back(promotion_json(shop, one));
  }
  return promo_ok(page_json(*page, rows));
}

Reply promotion_add_skus(Shop& shop, const Call& call) {
  auto* one = find(shop, call);
  if (one == nullptr) return promo_fail("23", "unknown id");
  const auto ids = call.integers("sku_ids");
  if (ids.empty()) return promo_fail("22", "sku_ids is illegal");
  auto failed = Json::object(true);
  for (const auto id : ids) {
    Item* holder = nullptr;
    const auto* sku = shop.find_sku(0, id, "", &holder);
    const auto text = std::to_string(id);
    if (sku == nullptr || sku->deleted()) {
      failed[text] = Json::string("sku does not exist");
    } else if (one->sku_ids.size() >= kSkusPerPromotionMax) {
      failed[text] = Json::string("too many skus");
    } else if (!one->sku_ids.insert(id).second) {
      failed[text] = Json::string("sku is already in the promotion");
    }
  }
  return promo_ok(std::move(failed));
}

Reply promotion_remove_skus(Shop& shop, const Call& call) {
  auto* one = find(shop, call);
  if (one == nullptr) return promo_fail("23", "remove sku failed");
  const auto ids = call.integers("sku_ids");
  if (ids.empty()) return promo_fail("22", "sku_ids is illegal");
  for (const auto id : ids) one->sku_ids.erase(id);
  return promo_ok();
}

Reply promotion_skus(Shop& shop, const Call& call) {
  const auto* one = find(shop, call);
  const auto page = page_of(call);
  if (one == nullptr || !page) return promo_fail("22", "id or page is illegal");
  std::vector<Json> rows;
  if (one->kind == "flexicombo") {
    for (const auto id : one->sku_ids) rows.push_back(Json::number(id));
    return promo_ok(page_json(*page, rows));
  }
  std::map<std::int64_t, std::vector<Json>> by_item;
  for (const auto id : one->sku_ids) by_item[shop.item_of_sku[id]].push_back(Json::number(id));
  for (auto& [item, skus] : by_item) {
    rows.push_back(object({{"product_id", item}, {"sku_ids", wire::array(std::move(skus))}}));
  }
  return promo_ok(page_json(*page, rows));
}

Reply delivery_options(Shop&, const Call&) {
  std::vector<Json> rows;
  for (const auto* name : {"STANDARD", "ECONOMY", "EXPRESS"}) {
    rows.push_back(object({{"name", name}, {"value", name}}));
  }
  return promo_ok(wire::array(std::move(rows)));
}

}  // namespace sandbox::lazada
