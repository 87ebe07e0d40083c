#pragma once
// What a channel demands of a listing, asked before anything is sent, and whether our maps still
// fit the channel's tree. Threads: as Connector. Only reads.
#include <string>
#include <vector>

#include "base/result.h"
#include "connectors/channel_maps.h"
#include "connectors/messages.h"

namespace connectors {

// One thing that keeps a listing from being accepted. `field` is a stable word: "title",
// "category", "attribute", "brand", "weight", "size", "logistics", "image", "price", "stock",
// "description".
struct ListingProblem {
  std::string field;
  std::string remote_id;  // of the attribute, where it is one
  std::string vi;
  std::string en;
};

// A line of our maps that the channel no longer agrees with.
struct MapDrift {
  std::string field;  // "category", "attribute", "value", "brand"
  std::string ours;
  std::string remote_id;
  std::string vi;
  std::string en;
};

class ListingRules {
 public:
  virtual ~ListingRules() = default;
  // Everything that is missing or beyond a limit, not just the first. Trees are read once and kept.
  virtual base::Result<std::vector<ListingProblem>> check(const ListingContent& content) = 0;
  virtual base::Result<std::vector<MapDrift>> check_maps(const ChannelMaps& maps) = 0;
};

}  // namespace connectors
