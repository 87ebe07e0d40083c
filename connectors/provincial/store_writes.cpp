// Writing half of the store. A batch answers 200 with a verdict per product, in order; the store
// takes nonsense without a word, so every answered value is compared with the one sent.
#include <filesystem>
#include <map>

#include "base/digest.h"
#include "connectors/provincial/errors.h"
#include "connectors/provincial/store.h"

namespace connectors::provincial {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Repeatable;

struct Store::Wanted {
  std::size_t index = 0;  // in the caller's batch
  const ListingContent* content = nullptr;
  Pictures pictures;
};

namespace {

Error open_end(std::string what) {
  return {ErrorCode::unknown_outcome, std::move(what), {}, {}};
}

Error kept_otherwise(const std::string& sku, const std::string& what) {
  return {ErrorCode::rejected, sku + ": " + what, {}, {}};
}

// Nothing: the answer is for this product. An answer out of place says nothing about any.
std::optional<Error> misplaced(const Json& answer, const std::string& id) {
  if (common::text(answer, "id") == id) return std::nullopt;
  return open_end("the store answered out of order");
}

}  // namespace

base::Result<std::vector<Json>> Store::call(BatchSize& size, const std::string& list,
                                            std::vector<Json> elements, Repeatable repeatable) {
  const auto sent = elements.size();
  auto answer = client_.batch(list, std::move(elements), repeatable);
  const bool ran = answer.ok() || answer.error().code == ErrorCode::unknown_outcome;
  if (ran) size.measured(sent, client_.last_call_time());
  return answer;
}

// A dead picture would cost the whole product, so the files are looked at first.
base::Result<Pictures> Store::pictures_of(const ListingContent& content) const {
  Pictures out;
  const auto& base_url = client_.options().images_base_url;
  if (base_url.empty()) return out;
  std::string all;
  for (const auto& file : content.image_files) {
    const std::filesystem::path path(file);
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    if (failed) {
      return kept_otherwise(content.sku.text,
                            "the picture " + path.filename().string() + " cannot be read");
    }
    const auto written = std::filesystem::last_write_time(path, failed).time_since_epoch().count();
    out.urls.push_back(base_url + "/" + common::percent_encode(path.filename().string()));
    all += out.urls.back() + " " + std::to_string(bytes) + " " + std::to_string(written) + "\n";
  }
  out.fingerprint = base::fingerprint(all);
  return out;
}

void Store::prepare(std::span<const ListingContent> batch, PublishReport& report, Sent& creates,
                    Sent& updates) const {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto problem = problem_with(batch[i]);
    auto pictures = pictures_of(batch[i]);
    if (!problem && !pictures) problem = pictures.error();
    if (problem) {
      report.rejected.push_back({i, *std::move(problem)});
      continue;
    }
    auto& list = batch[i].binding.empty() ? creates : updates;
    list.push_back({i, &batch[i], std::move(pictures).value()});
  }
}

PublishReport Store::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  Sent creates;
  Sent updates;
  prepare(batch, report, creates, updates);
  send(report, "create", creates);
  if (!report.stopped_by) send(report, "update", updates);
  return report;
}

// The store downloads a picture every time its address is sent: ask first which ones it has.
std::optional<Error> Store::drop_known_pictures(std::span<Wanted> updates) {
  std::vector<std::string> ids;
  for (const auto& wanted : updates) {
    if (!wanted.pictures.urls.empty()) ids.push_back(wanted.content->binding.item_id);
  }
  if (ids.empty()) return std::nullopt;
  const auto known = products(ids);
  if (!known) return known.error();
  std::map<std::string, std::string> fingerprints;
  for (const auto& product : known.value()) {
    fingerprints[common::text(product, "id")] = picture_fingerprint(product);
  }
  for (auto& wanted : updates) {
    const auto found = fingerprints.find(wanted.content->binding.item_id);
    const bool same = found != fingerprints.end() && found->second == wanted.pictures.fingerprint;
    if (same) wanted.pictures = {};
  }
  return std::nullopt;
}

void Store::send(PublishReport& report, const std::string& list, std::span<Wanted> wanted) {
  while (!wanted.empty() && !report.stopped_by) {
    const auto part = wanted.first(std::min(wanted.size(), contents_.items()));
    wanted = wanted.subspan(part.size());
    if (list == "update") report.stopped_by = drop_known_pictures(part);
    if (report.stopped_by) return;
    std::vector<Json> elements;
    for (const auto& one : part) elements.push_back(product_json(*one.content, one.pictures));
    const auto answer = call(contents_, list, std::move(elements), Repeatable::no);
    if (!answer) {
      report.stopped_by = answer.error();
      return;
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (!settle(report, part[i], answer.value()[i])) {
        report.stopped_by = open_end(part[i].content->sku.text +
                                     ": made, but not as it was sent; it is looked up again");
      }
    }
  }
}

// False: a new product is there with other values. It is neither accepted nor refused; looking its
// SKU up binds it with what it really shows.
bool Store::settle(PublishReport& report, const Wanted& wanted, const Json& answer) const {
  const auto& content = *wanted.content;
  if (const auto* error = common::child(answer, "error")) {
    auto reason = translate(*error);
    reason.message = content.sku.text + ": " + reason.message;
    report.rejected.push_back({wanted.index, std::move(reason)});
    return true;
  }
  const bool created = content.binding.empty();
  const auto id = common::text(answer, "id");
  const bool right_one = created ? common::text(answer, "sku") == content.sku.text && !id.empty()
                                 : id == content.binding.item_id;
  const auto other = difference(content, answer);
  if (!right_one || (other && created)) return false;
  if (other) {
    report.rejected.push_back({wanted.index, kept_otherwise(content.sku.text, *other)});
  } else {
    report.accepted.push_back({wanted.index, {id, {}}});
  }
  return true;
}

template <typename Update, typename ToJson, typename Verdict>
PushReport Store::push(BatchSize& size, std::span<const Update> batch, Repeatable repeatable,
                       const ToJson& to_json, const Verdict& verdict) {
  PushReport report;
  for (std::size_t at = 0; at < batch.size() && !report.stopped_by;) {
    const auto part = batch.subspan(at, std::min(batch.size() - at, size.items()));
    std::vector<Json> elements;
    for (const auto& update : part) elements.push_back(to_json(update));
    const auto answer = call(size, "update", std::move(elements), repeatable);
    if (!answer) {
      report.stopped_by = answer.error();
      return report;
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto& row = answer.value()[i];
      std::optional<Error> problem;
      if (const auto* error = common::child(row, "error")) {
        problem = translate(*error);
        problem->message = part[i].sku.text + ": " + problem->message;
      } else if (problem = misplaced(row, part[i].binding.item_id); !problem) {
        problem = verdict(part[i], row);
      }
      if (!problem) {
        report.accepted.push_back(at + i);
      } else if (problem->code == ErrorCode::unknown_outcome) {
        report.stopped_by = *std::move(problem);
      } else {
        report.rejected.push_back({at + i, *std::move(problem)});
      }
    }
    at += part.size();
  }
  return report;
}

PushReport Store::push_stock(std::span<const StockUpdate> batch) {
  return push(levels_, batch, Repeatable::no, stock_json,
              [](const StockUpdate& update, const Json& product) -> std::optional<Error> {
                const auto shown = common::integer(product, "stock_quantity");
                if (!shown) return kept_otherwise(update.sku.text, "the store does not count it");
                if (update.is_delta || *shown == update.quantity) return std::nullopt;
                return open_end(update.sku.text + ": the store shows " + std::to_string(*shown) +
                                " where " + std::to_string(update.quantity) + " was set");
              });
}

PushReport Store::push_prices(std::span<const PriceUpdate> batch) {
  return push(prices_, batch, Repeatable::yes, price_json,
              [](const PriceUpdate& update, const Json& product) -> std::optional<Error> {
                if (common::money_vnd(product, "regular_price") == update.price) {
                  return std::nullopt;
                }
                return kept_otherwise(
                    update.sku.text,
                    "the store keeps the price \"" + common::text(product, "regular_price") + "\"");
              });
}

}  // namespace connectors::provincial
