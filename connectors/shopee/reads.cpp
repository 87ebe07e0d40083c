#include "connectors/shopee/reads.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;

constexpr int kSearchPagesMax = 20;
constexpr int kListPagesMax = 2'000;
constexpr int kScansMax = 3;
constexpr std::size_t kScanPage = 100;

std::string joined(std::span<const std::string> parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : ",") + part;
  return out;
}

// Ids are numbers that grow with time.
bool older(const std::string& one, const std::string& other) {
  return one.size() != other.size() ? one.size() < other.size() : one < other;
}

// Of several twins the oldest is the listing.
void keep_older(std::optional<RemoteListing>& found, RemoteListing listing) {
  if (!found || older(listing.binding.item_id, found->binding.item_id)) found = std::move(listing);
}

std::vector<std::string> distinct_items(std::span<const catalog::Binding> bindings) {
  std::vector<std::string> ids;
  for (const auto& binding : bindings) {
    const bool known = std::find(ids.begin(), ids.end(), binding.item_id) != ids.end();
    if (!binding.empty() && !known) ids.push_back(binding.item_id);
  }
  return ids;
}

}  // namespace

base::Result<std::vector<ReadItem>> Reads::items(std::span<const std::string> item_ids) {
  std::vector<ReadItem> out;
  for (std::size_t i = 0; i < item_ids.size(); i += kItemsPerRead) {
    const auto chunk = item_ids.subspan(i, std::min(kItemsPerRead, item_ids.size() - i));
    const auto answer = client_.base_info(chunk);
    if (!answer && answer.error().code == ErrorCode::not_found && chunk.size() == 1) continue;
    if (!answer) return answer.error();
    auto page = read_items(answer.value());
    explain_refusals(page);
    std::move(page.begin(), page.end(), std::back_inserter(out));
  }
  return out;
}

base::Result<ReadItem> Reads::item(const std::string& item_id) {
  auto found = items({&item_id, 1});
  if (!found) return found.error();
  if (found.value().empty()) return failed(ErrorCode::not_found, "item " + item_id + " is gone");
  return std::move(found).value().front();
}

// A reason that cannot be had leaves the status alone to speak.
void Reads::explain_refusals(std::vector<ReadItem>& items) {
  std::vector<std::string> refused;
  for (const auto& item : items) {
    if (item.listing.health == ListingHealth::refused) {
      refused.push_back(item.listing.binding.item_id);
    }
  }
  if (refused.empty()) return;
  const auto answer = client_.get("product/get_item_violation_info",
                                  common::Query{}.add("item_id_list", joined(refused)));
  if (!answer) return;
  const auto reasons = violations(answer.value());
  for (auto& item : items) {
    const auto reason = reasons.find(item.listing.binding.item_id);
    if (reason != reasons.end()) item.listing.health_reason = reason->second;
  }
}

base::Result<Variants> Reads::variants(const std::string& item_id) {
  const auto answer =
      client_.get("product/get_model_list", common::Query{}.add("item_id", item_id));
  if (!answer) return answer.error();
  return variants_of(answer.value());
}

base::Status Reads::expand(const ReadItem& item, std::vector<RemoteListing>& out) {
  if (!item.has_models) {
    out.push_back(item.listing);
    return base::Done{};
  }
  const auto models = variants(item.listing.binding.item_id);
  if (!models && models.error().code == ErrorCode::not_found) return base::Done{};
  if (!models) return models.error();
  auto rows = model_listings(item.listing, models.value());
  for (const auto& row : rows) {
    if (!row.sku.text.empty()) item_of_model_[row.sku.text] = row.binding.item_id;
  }
  if (begun_s_) walked_.insert(item.listing.binding.item_id);
  std::move(rows.begin(), rows.end(), std::back_inserter(out));
  return base::Done{};
}

base::Result<std::vector<RemoteListing>> Reads::listings(std::span<const std::string> item_ids) {
  const auto read = items(item_ids);
  if (!read) return read.error();
  std::vector<RemoteListing> out;
  for (const auto& item : read.value()) {
    if (const auto done = expand(item, out); !done) return done.error();
  }
  return out;
}

base::Result<std::vector<RemoteListing>> Reads::read(std::span<const catalog::Binding> bindings) {
  auto all = listings(distinct_items(bindings));
  if (!all) return all.error();
  std::erase_if(all.value(), [&](const RemoteListing& listing) {
    return std::find(bindings.begin(), bindings.end(), listing.binding) == bindings.end();
  });
  return all;
}

base::Result<ListingPage> Reads::list(const std::string& page_cursor) {
  const std::size_t page_size = std::min(client_.options().page_size, kItemsPerRead);
  const auto answer = client_.item_list(page_cursor, page_size);
  if (!answer) return answer.error();
  const IdPage ids = item_ids(answer.value());
  auto rows = listings(ids.ids);
  if (!rows) return rows.error();
  ListingPage page{std::move(rows).value(), {}};
  if (ids.next != page_cursor) page.next_cursor = ids.next;
  return page;
}

base::Result<std::optional<RemoteListing>> Reads::find(const catalog::Sku& sku) {
  std::optional<RemoteListing> found;
  if (const auto done = search(sku, found); !done) return done.error();
  if (!found && client_.options().grouped) {
    if (const auto done = look_up(sku, found); !done) return done.error();
  }
  return found;
}

// The search is Shopee's; the comparison is ours. An item with models is found by theirs: its own
// SKU is only that of the pack it began with.
base::Status Reads::search(const catalog::Sku& sku, std::optional<RemoteListing>& found) {
  std::string offset;
  for (int pages = 0; pages < kSearchPagesMax; ++pages) {
    const auto answer = client_.search_by_sku(sku.text, offset);
    if (!answer && answer.error().code == ErrorCode::not_found) break;
    if (!answer) return answer.error();
    const IdPage ids = found_ids(answer.value());
    auto rows = listings(ids.ids);
    if (!rows) return rows.error();
    for (auto& row : rows.value()) {
      if (row.sku == sku) keep_older(found, std::move(row));
    }
    if (ids.ids.empty() || ids.next.empty() || ids.next == offset) break;
    offset = ids.next;
  }
  return base::Done{};
}

base::Status Reads::look_up(const catalog::Sku& sku, std::optional<RemoteListing>& found) {
  if (const auto fresh = refresh_index(); !fresh) return fresh;
  const auto known = item_of_model_.find(sku.text);
  if (known == item_of_model_.end()) return base::Done{};
  const std::string item_id = known->second;
  auto rows = listings({&item_id, 1});
  if (!rows) return rows.error();
  for (auto& row : rows.value()) {
    if (row.sku == sku) keep_older(found, std::move(row));
  }
  if (!found) item_of_model_.erase(sku.text);
  return base::Done{};
}

base::Status Reads::refresh_index() {
  const std::int64_t now_s = base::to_unix_s(clock_.now());
  if (!scanned_s_) {
    if (!begun_s_) begun_s_ = now_s;
    if (const auto whole = walk(0); !whole) return whole;
    const bool at_once = *begun_s_ == now_s;
    scanned_s_ = std::exchange(begun_s_, std::nullopt);
    walked_.clear();
    if (at_once) return base::Done{};
  }
  if (const auto changes = walk(*scanned_s_ - kScanOverlap.count()); !changes) return changes;
  scanned_s_ = now_s;
  return base::Done{};
}

base::Status Reads::walk(std::int64_t from_s) {
  for (int scans = 0; scans < kScansMax; ++scans) {
    std::set<std::string> seen;
    const auto missed = scan(from_s, seen);
    if (!missed) return missed.error();
    if (missed.value() == 0) return base::Done{};  // else rows moved between pages
  }
  return failed(ErrorCode::unavailable, "the list of items changes faster than it can be read");
}

base::Result<std::int64_t> Reads::scan(std::int64_t from_s, std::set<std::string>& seen) {
  std::string offset = "0";
  std::int64_t total = 0;
  for (int pages = 0; pages < kListPagesMax; ++pages) {
    const auto answer = client_.item_list(offset, kScanPage, from_s);
    if (!answer) return answer.error();
    const IdPage ids = item_ids(answer.value());
    total = common::integer_at(answer.value(), "response", "total_count").value_or(0);
    std::vector<std::string> fresh;
    for (const auto& id : ids.ids) {
      if (seen.insert(id).second && !walked_.contains(id)) fresh.push_back(id);
    }
    const auto rows = listings(fresh);  // expand() notes the models
    if (!rows) return rows.error();
    if (ids.next.empty() || ids.next == offset) break;
    offset = ids.next;
  }
  return std::max<std::int64_t>(0, total - static_cast<std::int64_t>(seen.size()));
}

}  // namespace connectors::shopee
