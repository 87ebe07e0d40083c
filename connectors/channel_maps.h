#pragma once
// Our categories and label fields in a channel's words: data of the account's map files, never
// code. Format and files: config/maps/README.md. Threads: values.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connectors/messages.h"

namespace connectors {

struct RemoteCategory {
  std::string remote_id;
  std::string remote_name;

  bool operator==(const RemoteCategory&) const = default;
};

// One line of an attribute map: our field (or a constant) becomes an attribute of the channel.
//   category  our path, or "*" for all of them; the longest fitting path wins
//   ours      "origin", "producer", "shelf_life_days", "storage", "ingredients", "usage",
//             "warnings", "net_weight_g", "unit", "certificate", "ocop_stars", or "=text" for a
//             constant
//   value     our value that this line speaks of; empty: any
struct AttributeRule {
  std::string category;
  std::string ours;
  std::string value;
  std::string remote_id;
  std::string remote_value_id;  // empty: the value goes out as text
  std::string unit;

  bool operator==(const AttributeRule&) const = default;
};
inline constexpr std::size_t kMapLinesMax = 20'000;

struct ChannelMaps {
  std::string version;  // "2026-11-24", from the file's first line
  std::map<std::string, RemoteCategory> categories;
  std::vector<AttributeRule> attributes;
};

// Our fields of one variant by the names above; what is empty is left out.
using OurFields = std::map<std::string, std::string>;

std::vector<RemoteAttribute> resolve_attributes(const ChannelMaps& maps, std::string_view category,
                                                const OurFields& fields);

// Parses the text of a map file; `file` is named in errors, with the line.
base::Result<std::map<std::string, RemoteCategory>> parse_category_map(const std::string& file,
                                                                       std::string_view text);
base::Result<std::vector<AttributeRule>> parse_attribute_map(const std::string& file,
                                                             std::string_view text);

}  // namespace connectors
