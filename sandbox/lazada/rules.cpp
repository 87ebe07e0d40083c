// The rules of the shop, changed while it runs.
#include <array>

#include "sandbox/lazada/shop.h"

namespace sandbox::lazada {
namespace {

struct Number {
  const char* name;
  std::int64_t LazadaRules::*member;
};
constexpr Number kNumbers[] = {{"access_life_s", &LazadaRules::access_life_s},
                               {"refresh_life_s", &LazadaRules::refresh_life_s},
                               {"code_life_s", &LazadaRules::code_life_s},
                               {"clock_window_s", &LazadaRules::clock_window_s},
                               {"review_s", &LazadaRules::review_s},
                               {"pay_after_s", &LazadaRules::pay_after_s},
                               {"unpaid_life_s", &LazadaRules::unpaid_life_s},
                               {"pickup_after_s", &LazadaRules::pickup_after_s},
                               {"deliver_after_s", &LazadaRules::deliver_after_s},
                               {"confirm_after_s", &LazadaRules::confirm_after_s},
                               {"cancel_decide_s", &LazadaRules::cancel_decide_s},
                               {"return_decide_s", &LazadaRules::return_decide_s},
                               {"withheld_per_10000", &LazadaRules::withheld_per_10000},
                               {"payout_every_days", &LazadaRules::payout_every_days},
                               {"app_calls_per_day", &LazadaRules::app_calls_per_day},
                               {"low_stock", &LazadaRules::low_stock}};

struct Rate {
  const char* name;
  double LazadaRules::*member;
};
constexpr Rate kRates[] = {{"api_rps", &LazadaRules::api_rps},
                           {"inventory_rps", &LazadaRules::inventory_rps},
                           {"brands_rps", &LazadaRules::brands_rps},
                           {"burst_s", &LazadaRules::burst_s}};

constexpr std::int64_t kNumberMax = 10LL * 366 * 86'400;
constexpr double kRateMax = 1e6;

// Sets `into` when `word` is one of `words`, which stand in the order of the enumerators.
template <typename Choice, std::size_t Count>
bool choose(const std::string& word, const std::array<const char*, Count>& words, Choice& into) {
  for (std::size_t i = 0; i < Count; ++i) {
    if (word == words[i]) {
      into = static_cast<Choice>(i);
      return true;
    }
  }
  return false;
}

using Words2 = std::array<const char*, 2>;
using Words3 = std::array<const char*, 3>;
using Words4 = std::array<const char*, 4>;

bool change_choice(LazadaRules& rules, const std::string& name, const std::string& word) {
  if (name == "payment") {
    return choose(word, Words4{"on_delivery", "prepaid", "abandoned", "mixed"}, rules.payment);
  }
  if (name == "batch") return choose(word, Words2{"apply_good", "apply_none"}, rules.batch);
  if (name == "codes") return choose(word, Words2{"text", "number"}, rules.codes);
  if (name == "inner") return choose(word, Words2{"snake", "camel"}, rules.inner);
  if (name == "detail") return choose(word, Words3{"seller_sku", "sku", "field"}, rules.detail);
  if (name == "scalars") return choose(word, Words2{"typed", "texts"}, rules.scalars);
  if (name == "ids") return choose(word, Words2{"common", "wide"}, rules.ids);
  if (name == "fleet") return choose(word, Words2{"marketplace", "own"}, rules.fleet);
  if (name == "price_jump") {
    return choose(word, Words2{"accepted", "back_to_review"}, rules.price_jump);
  }
  return false;
}

bool change_one(LazadaRules& rules, const std::string& name, const Json& value) {
  for (const auto& one : kNumbers) {
    if (name != one.name) continue;
    const auto number = wire::as_integer(value);
    if (!number || *number < 0 || *number > kNumberMax) return false;
    rules.*one.member = *number;
    return true;
  }
  for (const auto& one : kRates) {
    if (name != one.name) continue;
    const auto rate = wire::as_number(value);
    if (!rate || !(*rate > 0 && *rate <= kRateMax)) return false;
    rules.*one.member = *rate;
    return true;
  }
  return change_choice(rules, name, wire::as_text(value));
}

}  // namespace

base::Status change_rules(Shop& shop, const Json& changes) {
  auto rules = shop.rules;
  if (changes.is_object()) {
    for (const auto& [name, value] : changes.as_object()) {
      if (change_one(rules, name, value)) continue;
      base::Error error;
      error.code = base::ErrorCode::invalid;
      error.message = "no such rule or value: " + name;
      return error;
    }
    for (const auto& [name, value] : changes.as_object()) shop.rule_changes[name] = value;
  }
  shop.rules = rules;
  shop.api_buckets.clear();
  shop.inventory_bucket = {rules.inventory_rps, rules.inventory_rps * rules.burst_s};
  shop.brands_bucket = {rules.brands_rps, rules.brands_rps};
  return base::Done{};
}

}  // namespace sandbox::lazada
