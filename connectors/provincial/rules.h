#pragma once
// What the store demands of a listing, asked before anything is sent: little, because a store takes
// almost everything. Categories are read once and kept. Private to this folder. Errors: as
// ListingRules. Threads: one.
#include "connectors/listing_rules.h"
#include "connectors/provincial/terms.h"

namespace connectors::provincial {

inline constexpr std::size_t kTitleMax = 200;  // code points: longer ones break shops' pages

class StoreRules final : public ListingRules {
 public:
  StoreRules(Client& client, Terms& terms) : client_(client), terms_(terms) {}

  base::Result<std::vector<ListingProblem>> check(const ListingContent& content) override;
  base::Result<std::vector<MapDrift>> check_maps(const ChannelMaps& maps) override;

 private:
  void check_pictures(const ListingContent& content, std::vector<ListingProblem>& out) const;
  base::Status check_attributes(const ChannelMaps& maps, std::vector<MapDrift>& out);

  Client& client_;
  Terms& terms_;
};

}  // namespace connectors::provincial
