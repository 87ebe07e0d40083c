#include "app/commands/place_names.h"

#include <algorithm>

#include "app/carriers.h"
#include "base/text.h"

namespace app {
namespace {

namespace carriers = connectors::carriers;
using carriers::PlaceLevel;

// Folded; the longest first.
constexpr std::string_view kUnitWords[] = {"thanh pho ", "thi tran ", "dac khu ", "phuong ",
                                           "huyen ",     "quan ",     "thi xa ",  "tinh ",
                                           "tp. ",       "tp ",       "xa "};

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const auto comma = text.find(',');
    out.emplace_back(base::trim(text.substr(0, comma)));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  std::erase_if(out, [](const std::string& part) { return part.empty(); });
  return out;
}

base::Error none(const std::string& name) {
  return {base::ErrorCode::not_found,
          "hãng vận chuyển không biết nơi nào tên \"" + name +
              "\" / the carrier knows no place called \"" + name + "\" (nongsan carrier places)",
          {},
          {}};
}

base::Result<carriers::Place> pick(const std::vector<carriers::Place>& places,
                                   const std::string& name) {
  const auto wanted = bare_place_name(name);
  const auto whole = base::fold(name);
  std::vector<const carriers::Place*> found;
  for (const auto& place : places) {
    if (base::fold(place.name) == whole) return place;  // "Thị trấn X" beside "Xã X"
    if (bare_place_name(place.name) == wanted) found.push_back(&place);
  }
  if (found.size() == 1) return *found.front();
  if (found.empty()) return none(name);
  std::string list;
  for (const auto* place : found) list += (list.empty() ? "" : ", ") + place->name;
  return base::Error{base::ErrorCode::conflict, "\"" + name + "\": " + list + "?", {}, {}};
}

}  // namespace

std::string bare_place_name(const std::string& name) {
  const auto folded = base::fold(name);
  for (const auto word : kUnitWords) {
    if (folded.starts_with(word)) return std::string(base::trim(folded.substr(word.size())));
  }
  return std::string(base::trim(folded));
}

base::Result<carriers::PlaceIds> find_place(carriers::Carrier& carrier,
                                            carriers::PlaceScheme scheme, const std::string& text) {
  if (const auto ids = place_ids(text, scheme)) return *ids;
  auto parts = parts_of(text);
  const bool flat = scheme == carriers::PlaceScheme::two_level;
  if (parts.size() != (flat ? 2U : 3U)) {
    return base::Error{base::ErrorCode::invalid,
                       flat ? "\"XÃ, TỈNH\" / \"COMMUNE, PROVINCE\""
                            : "\"XÃ, HUYỆN, TỈNH\" / \"COMMUNE, DISTRICT, PROVINCE\"",
                       {},
                       {}};
  }
  std::reverse(parts.begin(), parts.end());
  std::vector<PlaceLevel> levels = {PlaceLevel::province, PlaceLevel::commune};
  if (!flat) levels.insert(levels.begin() + 1, PlaceLevel::district);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto places = carrier.places(scheme, levels[i], i == 0 ? "" : ids.back());
    if (!places) return places.error();
    const auto place = pick(places.value(), parts[i]);
    if (!place) return place.error();
    ids.push_back(place.value().id);
  }
  return carriers::PlaceIds{scheme, ids.front(), flat ? std::string{} : ids[1], ids.back()};
}

}  // namespace app
