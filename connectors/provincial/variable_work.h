#pragma once
// Where the publication of one product with several packs stands. Private to variable_*.cpp.
// Threads: a value of one call.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/provincial/errors.h"
#include "connectors/provincial/variable_products.h"

namespace connectors::provincial {

struct VariableProducts::Work {
  using Packs = std::vector<const Pack*>;
  using Placed = std::vector<std::pair<const Pack*, catalog::Binding>>;

  explicit Work(PublishReport& of_batch) : report(of_batch) {}

  PublishReport& report;
  Packs fresh;   // to be bound or made
  Packs known;   // bound, to be updated
  Placed bound;  // known, with the ids they have by now
  Placed found;  // fresh, there by now
  const ListingContent* lead = nullptr;

  std::string item_id;  // empty: the product is to be made
  common::Json product;
  std::vector<common::Json> variations;
  std::optional<Mark> mark;
  bool is_new = false;  // begun here

  common::Json attribute;
  std::vector<std::string> options;            // all that the product will have
  std::map<std::string, std::string> renamed;  // by variation
  std::vector<NewPack> missing;                // variations to be made
  bool makes_base = false;                     // the first of them is the pack it stood for
  bool made_any = false;

  Packs all() const {
    auto out = fresh;
    out.insert(out.end(), known.begin(), known.end());
    return out;
  }
  const Pack* with_sku(const std::string& sku) const {
    const auto packs = all();
    const auto ours = std::find_if(packs.begin(), packs.end(), [&](const Pack* pack) {
      return pack->content->sku.text == sku;
    });
    return ours == packs.end() ? nullptr : *ours;
  }
  bool nothing_left() const { return fresh.empty() && known.empty(); }
  void drop(const Pack* pack) {
    std::erase(fresh, pack);
    std::erase(known, pack);
  }
  // Tells these packs' errors, and leaves them; an error that is about more than this product ends
  // the batch, and once a new product was begun every error is an open end.
  base::Status give_up(const base::Error& error, const Packs& packs) {
    if (is_new && error.code != base::ErrorCode::unknown_outcome) {
      return base::Error{base::ErrorCode::unknown_outcome, error.message, {}, error.vendor_code};
    }
    if (!concerns_one_product(error)) return error;
    for (const auto* pack : packs) {
      auto reason = error;
      reason.message = pack->content->sku.text + ": " + reason.message;
      report.rejected.push_back({pack->index, std::move(reason)});
      drop(pack);
    }
    return base::Done{};
  }
  base::Status refuse(base::ErrorCode code, const std::string& what, const Packs& packs) {
    return give_up(base::Error{code, what, {}, {}}, packs);
  }
  bool exists_already() const { return made_any || !found.empty(); }
};

}  // namespace connectors::provincial
