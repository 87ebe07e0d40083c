#include "app/carriers.h"

#include <stdexcept>

#include "base/text.h"
#include "connectors/carriers/viettelpost/carrier.h"
#include "connectors/carriers/vnpost/carrier.h"

namespace app {
namespace {

namespace carriers = connectors::carriers;
using Options = std::map<std::string, std::string>;

struct Kind {
  std::string name;
  base::Result<std::unique_ptr<carriers::Carrier>> (*make)(const connectors::Settings&,
                                                           const connectors::Environment&);
};

// A new carrier is one line here and one folder in connectors/carriers.
const std::map<std::string, Kind>& registry() {
  static const std::map<std::string, Kind> kinds = {
      {"viettelpost", {"Viettel Post", &carriers::viettelpost::make}},
      {"vnpost", {"VNPost", &carriers::vnpost::make}},
  };
  return kinds;
}

std::string take(Options& options, const std::string& key) {
  const auto found = options.find(key);
  if (found == options.end()) return {};
  auto value = std::string(base::trim(found->second));
  options.erase(found);
  return value;
}

[[noreturn]] void refuse(const std::string& account, const std::string& key,
                         const std::string& must) {
  throw std::runtime_error("carrier." + account + "." + key + " " + must);
}

// One of the words; `fallback` when the key is not there.
template <typename Value>
Value take_word(Options& options, const std::string& account, const std::string& key,
                Value fallback, const std::vector<std::pair<std::string, Value>>& words) {
  const auto text = take(options, key);
  if (text.empty()) return fallback;
  std::string list;
  for (const auto& [word, value] : words) {
    if (word == text) return value;
    list += (list.empty() ? "" : ", ") + word;
  }
  refuse(account, key, "must be one of " + list);
}

}  // namespace

std::optional<CodRule> cod_rule_from(std::string_view text) {
  if (text == "none") return CodRule::none;
  if (text == "goods") return CodRule::goods;
  if (text == "total") return CodRule::total;
  return std::nullopt;
}

std::optional<carriers::PlaceIds> place_ids(std::string_view text, carriers::PlaceScheme scheme) {
  std::vector<std::string> parts;
  while (true) {
    const auto slash = text.find('/');
    parts.emplace_back(base::trim(text.substr(0, slash)));
    if (slash == std::string_view::npos) break;
    text.remove_prefix(slash + 1);
  }
  for (const auto& part : parts) {
    if (part.empty()) return std::nullopt;
  }
  const bool flat = scheme == carriers::PlaceScheme::two_level;
  if (parts.size() != (flat ? 2U : 3U)) return std::nullopt;
  return carriers::PlaceIds{scheme, parts.front(), flat ? std::string{} : parts[1], parts.back()};
}

CarrierSetup take_carrier_setup(Options& options, const std::string& name) {
  using carriers::FeePayer;
  using carriers::PlaceScheme;
  CarrierSetup setup;
  setup.kind = take(options, "carrier");
  if (setup.kind.empty()) setup.kind = name;
  const auto kind = registry().find(setup.kind);
  if (kind == registry().end()) refuse(name, "carrier", "must be one of viettelpost, vnpost");
  setup.name = kind->second.name;
  setup.scheme =
      take_word<PlaceScheme>(options, name, "places", PlaceScheme::two_level,
                             {{"new", PlaceScheme::two_level}, {"old", PlaceScheme::three_level}});
  setup.sender.name = take(options, "sender_name");
  setup.sender.phone = take(options, "sender_phone");
  setup.sender.address = take(options, "sender_address");
  if (const auto place = take(options, "sender_place"); !place.empty()) {
    const auto ids = place_ids(place, setup.scheme);
    if (!ids) {
      refuse(name, "sender_place", "must be PROVINCE/COMMUNE (places = old: with the DISTRICT)");
    }
    setup.sender.place = *ids;
  }
  setup.cod = take_word<CodRule>(
      options, name, "cod", CodRule::ask,
      {{"none", CodRule::none}, {"goods", CodRule::goods}, {"total", CodRule::total}});
  setup.fee_payer =
      take_word<FeePayer>(options, name, "fee_payer", FeePayer::sender,
                          {{"sender", FeePayer::sender}, {"receiver", FeePayer::receiver}});
  setup.declare_value =
      take_word<bool>(options, name, "declare_value", false, {{"yes", true}, {"no", false}});
  setup.reference_prefix = take(options, "reference_prefix");
  if (setup.cod == CodRule::total && setup.fee_payer == FeePayer::receiver) {
    refuse(name, "fee_payer", "cannot be receiver with cod = total: the buyer would pay twice");
  }
  return setup;
}

base::Result<std::unique_ptr<carriers::Carrier>> make_carrier(
    const std::string& kind, const connectors::Settings& settings,
    const connectors::Environment& environment) {
  return registry().at(kind).make(settings, environment);
}

}  // namespace app
