#include "connectors/lazada/publisher.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "connectors/lazada/product_xml.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::Error;
using base::ErrorCode;

constexpr std::string_view kNotOnline = "E0004";

bool same_product(const ListingContent& one, const ListingContent& other) {
  return !one.product.text.empty() && one.product == other.product;
}

// Nothing more happens when a listing that is to go is gone, or off already.
bool is_off(const Error& error) {
  return error.code == ErrorCode::not_found || error.vendor_code == kNotOnline;
}

std::optional<Error> unusable(const ListingContent& content) {
  if (!content.binding.empty() && content.binding.unit_id.empty()) {
    return Error{
        ErrorCode::invalid, "Lazada: " + content.sku.text + " has no SkuId to write to", {}, {}};
  }
  const bool leaves = !content.binding.empty() && !content.visible;
  return leaves ? std::nullopt : problem_with(content);  // leaving needs no fresh content
}

}  // namespace

PublishReport Publisher::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  const bool grouped = client_.options().variants == Variants::grouped;
  for (std::size_t first = 0; first < batch.size();) {
    std::size_t end = first + 1;
    while (grouped && end < batch.size() && same_product(batch[first], batch[end])) ++end;
    Packs packs;
    for (std::size_t i = first; i < end; ++i) packs.push_back({i, &batch[i]});
    if (const auto done = publish_group(std::move(packs), report); !done) {
      report.stopped_by = done.error();
      break;
    }
    first = end;
  }
  return report;
}

base::Status Publisher::settle(const Packs& packs, const Error& error, PublishReport& report) {
  if (!concerns_the_goods(error)) return error;
  for (const auto& pack : packs) report.rejected.push_back({pack.index, error});
  return Done{};
}

base::Status Publisher::publish_group(Packs packs, PublishReport& report) {
  std::erase_if(packs, [&](const Pack& pack) {
    const auto problem = unusable(*pack.content);
    if (problem) report.rejected.push_back({pack.index, *problem});
    return problem.has_value();
  });
  std::map<std::string, Packs> shown;
  std::map<std::string, Packs> hidden;
  Packs fresh;
  std::string sibling;
  for (const auto& pack : packs) {
    const auto& item = pack.content->binding.item_id;
    if (item.empty()) {
      fresh.push_back(pack);
    } else {
      (pack.content->visible ? shown : hidden)[item].push_back(pack);
    }
    if (sibling.empty()) sibling = item.empty() ? pack.content->sibling_item_id : item;
  }
  for (const auto& [item, those] : hidden) {
    if (const auto done = hide(those, report); !done) return done;
  }
  for (const auto& [item, those] : shown) {
    if (const auto done = update(those, report); !done) return done;
  }
  return fresh.empty() ? base::Status{Done{}} : create(std::move(fresh), sibling, report);
}

base::Status Publisher::hide(const Packs& packs, PublishReport& report) {
  std::vector<std::string> ids;
  for (const auto& pack : packs) ids.push_back(pack.content->binding.unit_id);
  const auto answer =
      client_.deactivate(deactivate_xml(packs.front().content->binding.item_id, ids));
  if (!answer && is_off(answer.error()) && packs.size() > 1) {  // one of them, or all?
    for (const auto& pack : packs) {
      if (const auto done = hide({pack}, report); !done) return done;
    }
    return Done{};
  }
  if (!answer && !is_off(answer.error())) return settle(packs, answer.error(), report);
  for (const auto& pack : packs) report.accepted.push_back({pack.index, pack.content->binding});
  return Done{};
}

base::Status Publisher::update(const Packs& packs, PublishReport& report) {
  auto draft = this->draft(packs, nullptr);
  if (!draft) return settle(packs, draft.error(), report);
  const auto answer = client_.update_product(update_xml(draft.value(), client_.options()));
  if (!answer) return settle(packs, answer.error(), report);
  for (const auto& pack : packs) report.accepted.push_back({pack.index, pack.content->binding});
  return Done{};
}

base::Status Publisher::create(Packs packs, const std::string& sibling, PublishReport& report) {
  const bool grouped = client_.options().variants == Variants::grouped;
  if (sibling.empty() || !grouped) return create_product(packs, nullptr, report);
  const auto answer = client_.product(sibling);
  if (!answer && answer.error().code != ErrorCode::not_found) {
    return settle(packs, answer.error(), report);
  }
  const auto known = answer ? known_product(answer.value()) : std::nullopt;
  if (!known) return create_product(packs, nullptr, report);
  if (const auto bound = bind_known(packs, *known, report); !bound) return bound;
  if (packs.empty()) return Done{};
  // A product that tells nothing apart takes no second pack: the new ones get a product of theirs.
  const bool joins = !known->variation.name.empty();
  return create_product(packs, joins ? &*known : nullptr, report);
}

// What is there already was created by a call whose answer was lost: it is ours, and gets the
// content of today.
base::Status Publisher::bind_known(Packs& packs, const KnownProduct& known, PublishReport& report) {
  std::vector<ListingContent> found;
  Packs bound;
  found.reserve(packs.size());
  std::erase_if(packs, [&](const Pack& pack) {
    const auto there = std::find_if(known.skus.begin(), known.skus.end(),
                                    [&](const auto& one) { return one.sku == pack.content->sku; });
    if (there == known.skus.end()) return false;
    found.push_back(*pack.content);
    found.back().binding = {known.item_id, there->sku_id};
    bound.push_back({pack.index, &found.back()});
    return true;
  });
  return bound.empty() ? base::Status{Done{}} : update(bound, report);
}

base::Status Publisher::create_product(const Packs& packs, const KnownProduct* join,
                                       PublishReport& report) {
  auto draft = this->draft(packs, join);
  if (!draft) return settle(packs, draft.error(), report);
  const auto associated = join == nullptr ? std::string{} : join->skus.front().sku_id;
  const auto answer =
      client_.create_product(create_xml(draft.value(), client_.options(), associated));
  if (!answer) return settle(packs, answer.error(), report);
  std::vector<catalog::Sku> skus;
  for (const auto& pack : packs) skus.push_back(pack.content->sku);
  const auto bindings = created_bindings(answer.value(), skus);
  bool all_named = true;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    all_named = all_named && !bindings[i].empty();
    if (!bindings[i].empty()) report.accepted.push_back({packs[i].index, bindings[i]});
  }
  if (all_named) return Done{};
  return Error{ErrorCode::unknown_outcome, "Lazada: the answer names no product", {}, {}};
}

base::Result<ProductDraft> Publisher::draft(const Packs& packs, const KnownProduct* join) {
  std::vector<const ListingContent*> group;
  for (const auto& pack : packs) group.push_back(pack.content);
  const auto facts = catalogue_.facts(group.front()->category_remote_id);
  if (!facts) return facts.error();
  std::set<std::string> taken;
  if (join != nullptr) {
    for (const auto& sku : join->skus) taken.insert(sku.variant);
  }
  const auto variation = join != nullptr
                             ? join->variation
                             : choose_variation(group, *facts.value(), client_.options());
  auto out = draft_of(group, *facts.value(), variation, client_.options(), std::move(taken));
  auto images = images_.urls_of(group);
  if (!images) return images.error();
  out.image_urls = std::move(images).value();
  return out;
}

}  // namespace connectors::lazada
