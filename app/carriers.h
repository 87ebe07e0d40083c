#pragma once
// The accounts at carriers that the settings name, and the rules by which an order of ours becomes
// a parcel there. Errors: std::runtime_error with a plain sentence for settings that cannot be used
// (never a secret's value). Threads: values.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/carriers/carrier.h"

namespace app {

// What the courier collects from the buyer, where the command does not say.
enum class CodRule { ask, none, goods, total };

// Keys of [carrier.NAME] that are ours; the rest goes to the carrier (its README has the table).
//   carrier            viettelpost or vnpost; absent: NAME
//   sender_name, sender_phone, sender_address, sender_place    who sends; place ids as
//                      `nongsan carrier places` prints them: "PROVINCE/COMMUNE"
//   places             new (province/commune, since July 2025) or old (province/district/commune)
//   cod                none, goods, total; absent: the command must say
//   fee_payer          sender or receiver (on top of the sum; never with cod = total)
//   declare_value      yes: the goods' price is declared, which some carriers insure for a fee
//   reference_prefix   letters and digits before our reference
struct CarrierSetup {
  std::string kind;
  std::string name;  // as people call it
  connectors::carriers::Party sender;
  connectors::carriers::PlaceScheme scheme = connectors::carriers::PlaceScheme::two_level;
  CodRule cod = CodRule::ask;
  connectors::carriers::FeePayer fee_payer = connectors::carriers::FeePayer::sender;
  bool declare_value = false;
  std::string reference_prefix;
};

// Takes our keys out of `options`.
CarrierSetup take_carrier_setup(std::map<std::string, std::string>& options,
                                const std::string& name);
// "80/80123" or "80/801/80123", by the scheme; nullopt: something else.
std::optional<connectors::carriers::PlaceIds> place_ids(std::string_view text,
                                                        connectors::carriers::PlaceScheme scheme);
std::optional<CodRule> cod_rule_from(std::string_view text);

base::Result<std::unique_ptr<connectors::carriers::Carrier>> make_carrier(
    const std::string& kind, const connectors::Settings& settings,
    const connectors::Environment& environment);

}  // namespace app
