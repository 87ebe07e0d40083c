#include "connectors/carriers/request_check.h"

#include <algorithm>

#include "base/time_text.h"
#include "catalog/money.h"

namespace connectors::carriers {

namespace {

base::Error lacks(const std::string& member) {
  return {
      base::ErrorCode::invalid, "the shipment request: " + member + " is missing or wrong", {}, {}};
}

bool placed(const PlaceIds& place) {
  if (place.province.empty() || place.commune.empty()) return false;
  return place.district.empty() == (place.scheme == PlaceScheme::two_level);
}

std::string missing_of(const Party& party, Purpose purpose) {
  if (!placed(party.place)) return "place";
  if (purpose == Purpose::quote) return {};
  if (party.name.empty()) return "name";
  if (party.phone.empty()) return "phone";
  return party.address.empty() ? "address" : "";
}

constexpr std::string_view kTakenOut = "…";

void take_out(std::string& text, const std::string& what) {
  constexpr std::size_t kShortest = 2;
  if (what.size() < kShortest) return;
  for (auto at = text.find(what); at != std::string::npos;
       at = text.find(what, at + kTakenOut.size())) {
    text.replace(at, what.size(), kTakenOut);
  }
}

void take_out_long_numbers(std::string& text) {
  constexpr std::size_t kPhoneDigitsMin = 9;
  constexpr std::string_view kDigits = "0123456789";
  for (auto from = text.find_first_of(kDigits); from != std::string::npos;
       from = text.find_first_of(kDigits, from + 1)) {
    const auto past = std::min(text.find_first_not_of(kDigits, from), text.size());
    if (past - from >= kPhoneDigitsMin)
      text.replace(from, past - from, kTakenOut);
    else
      from = past - 1;
  }
}

bool is_money(std::int64_t amount) {
  return amount >= 0 && amount <= catalog::kPriceMax;
}

}  // namespace

std::optional<base::Error> problem_with(const ShipmentRequest& request, Purpose purpose) {
  if (const auto what = missing_of(request.sender, purpose); !what.empty()) {
    return lacks("sender " + what);
  }
  if (const auto what = missing_of(request.receiver, purpose); !what.empty()) {
    return lacks("receiver " + what);
  }
  const auto& contents = request.contents;
  if (contents.weight_g < 1 || contents.weight_g > kWeightMaxG) return lacks("weight");
  if (contents.length_cm < 0 || contents.width_cm < 0 || contents.height_cm < 0) {
    return lacks("size");
  }
  if (!is_money(request.value)) return lacks("value");
  if (!is_money(request.cod)) return lacks("cod");
  if (purpose == Purpose::quote) return std::nullopt;
  if (request.reference.empty()) return lacks("reference");
  if (contents.description.empty()) return lacks("description");
  if (contents.quantity < 1) return lacks("quantity");
  return std::nullopt;
}

base::Error without_people(base::Error error, const ShipmentRequest& request) {
  for (const auto* party : {&request.sender, &request.receiver}) {
    for (const auto* text : {&party->address, &party->name, &party->phone}) {
      take_out(error.message, *text);
    }
  }
  take_out_long_numbers(error.message);
  return error;
}

std::string cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string{text};
  auto end = bytes_max;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (end > 0 && continues(end)) --end;
  return std::string{text.substr(0, end)};
}

std::optional<base::Instant> local_time(std::string_view text) {
  if (const auto at = base::parse_local(text)) return at;
  return base::parse_iso(text, base::kVietnamOffset);
}

}  // namespace connectors::carriers
