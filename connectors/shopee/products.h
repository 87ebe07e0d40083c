#pragma once
// Publishes whole products: one item each, its packs as models when there are several.
//
//   one pack              a plain item, named by the pack
//   several, none there   add_item (off the shelf, with the first pack's SKU, price and stock),
//                         5 s, init_tier_variation, then onto the shelf
//   one more              add_model; a plain item becomes tiered first, off the shelf meanwhile, so
//                         that no buyer takes what is being carried over
// Whatever stops a creation that has begun is unknown_outcome: find() sees the half-made item by
// the first pack's SKU, and the next publication finishes it. A pack that is withdrawn while others
// stay is set to stock 0 (Shopee hides items, not models).
// Errors: as Connector::publish. Threads: one.
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/shopee/models.h"
#include "connectors/shopee/shelf.h"

namespace connectors::shopee {

class Products {
 public:
  Products(Client& client, Reads& reads, Locations& locations, common::Waiter& waiter)
      : client_(client),
        reads_(reads),
        locations_(locations),
        shelf_(client, reads, locations),
        models_(client, reads, locations, waiter) {}

  PublishReport publish(std::span<const ListingContent> batch);

 private:
  // The contents of one product, and where each is by now.
  struct Run {
    std::span<const ListingContent> contents;
    std::size_t first = 0;  // in the batch
    std::vector<catalog::Binding> bindings;
    std::string changed_item;  // got a model: dress it again
  };
  using Indexes = std::vector<std::size_t>;  // into a run
  // An item that exists and has no packs yet.
  struct Begun {
    Run run;
    Indexes fresh;
    std::string item_id;
  };

  // Each is false when the batch ends here.
  bool publish_run(Run& run, PublishReport& report);
  bool rebind_stale(Run& run, Indexes& known, PublishReport& report);
  bool create(Run& run, Indexes fresh, PublishReport& report);
  bool create_plain(Run& run, std::size_t index, PublishReport& report);
  bool create_group(Run& run, const Indexes& fresh, PublishReport& report);
  void finish_begun(PublishReport& report);
  bool join(Run& run, const Indexes& fresh, const std::string& item_id, PublishReport& report);
  bool update(Run& run, const Indexes& known, PublishReport& report);
  bool dress(Run& run, const std::string& item_id, const Indexes& known, PublishReport& report);

  // Nothing: done.
  std::optional<base::Error> fill_new_item(const std::string& item_id, const Run& run,
                                           const Indexes& fresh, Variants& made);
  base::Result<Variants> tier(Run& run, const ReadItem& item, const Indexes& fresh,
                              PublishReport& report);
  base::Result<Pack> base_pack(const Run& run, const ReadItem& item) const;
  base::Status hide(const Run& run, const std::string& item_id, const Indexes& members);
  base::Status empty_hidden(const Run& run, const Indexes& members);
  bool reject_all(const Run& run, const Indexes& which, const base::Error& error,
                  PublishReport& report) const;
  void accept(Run& run, const Indexes& fresh, const std::string& item_id, const Variants& made,
              PublishReport& report) const;

  Client& client_;
  Reads& reads_;
  Locations& locations_;
  ShelfKeeper shelf_;
  ModelMaker models_;
  std::vector<Begun> begun_;  // of the batch at work: one pause is enough for all of them
};

}  // namespace connectors::shopee
