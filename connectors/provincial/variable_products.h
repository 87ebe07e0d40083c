#pragma once
// One product with several packs: made, turned from a product with one pack, added to, dressed.
//
//   new           a draft with the first pack's SKU and the mark (variants.h); its SKU is freed;
//                 all variations in one batch; then on sale, without the mark
//   second pack   the product keeps its number: off sale with the mark, so that the count in the
//                 answer stays true; variable, its SKU freed; the pack it was and the new ones as
//                 variations; on sale again
//   one more      options first, then the variation
// Killed or unanswered in between, the mark says what is missing and the next publication goes on
// from there; a new product is found by its mark until its first pack has its SKU back. A pack that
// is there already is bound, never made twice. Variations show their product's pictures.
// Errors: as Connector::publish; once a new product was begun every stop is unknown_outcome.
// Threads: one.
#include <string>
#include <vector>

#include "connectors/provincial/batch_size.h"
#include "connectors/provincial/reads.h"

namespace connectors::provincial {

class VariableProducts {
 public:
  // One pack of the product, and where it is in the batch.
  struct Pack {
    std::size_t index = 0;
    const ListingContent* content = nullptr;
    Pictures pictures;
  };

  VariableProducts(Client& client, Reads& reads) : client_(client), reads_(reads) {}

  // The packs of one product: new ones, and known ones that are all under one number. An error ends
  // the batch.
  base::Status publish(const std::vector<Pack>& packs, PublishReport& report);

 private:
  struct Work;  // variable_work.h

  base::Status work_through(Work& work, const std::string& item_id);
  // variable_plan.cpp: looks, and decides what is to be done.
  base::Status load(Work& work, const std::string& item_id);
  static base::Status recognise(Work& work);
  static base::Status check_found(Work& work);
  static base::Status plan(Work& work);
  static base::Status plan_base(Work& work);
  static void plan_names(Work& work);
  // variable_products.cpp
  base::Status prepare(Work& work);
  base::Status begin(Work& work);
  base::Status turn(Work& work);
  base::Status make_variations(Work& work);
  static base::Status take_made(Work& work, const NewPack& pack, const common::Json& row);
  // variable_dress.cpp: the product's own texts and place, and what is known of its packs.
  base::Status dress(Work& work);
  base::Status update_known(Work& work);
  base::Status update_plain(Work& work);

  // One element written to the product itself; gives it as it is then.
  base::Result<common::Json> write(const std::string& list, const Members& members);

  Client& client_;
  Reads& reads_;
  BatchSize products_{20};
  BatchSize variations_{20};
};

}  // namespace connectors::provincial
