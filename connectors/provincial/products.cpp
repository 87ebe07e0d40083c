#include "connectors/provincial/products.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "base/digest.h"
#include "connectors/provincial/errors.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Repeatable;

Error refused(const std::string& sku, const std::string& what) {
  return {ErrorCode::rejected, sku + ": " + what, {}, {}};
}

}  // namespace

PublishReport Products::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  Wants wants;
  if (const auto ready = prepare(batch, report, wants); !ready) {
    report.stopped_by = ready.error();
    return report;
  }
  auto groups = split(wants);
  const auto known = std::stable_partition(
      wants.begin(), wants.end(), [](const Wanted& one) { return one.content->binding.empty(); });
  create(report, {wants.begin(), known});
  if (!report.stopped_by) update(report, {known, wants.end()}, groups);
  for (const auto& packs : groups) {
    if (report.stopped_by) break;
    if (const auto done = variable_.publish(packs, report); !done) report.stopped_by = done.error();
  }
  return report;
}

base::Status Products::prepare(std::span<const ListingContent> batch, PublishReport& report,
                               Wants& wants) {
  contents_sent_.assign(batch.begin(), batch.end());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    auto& content = contents_sent_[i];
    auto category = terms_.category(content.category_remote_id);
    if (!category && !concerns_one_product(category.error())) return category.error();
    std::optional<Error> problem;
    if (category) {
      content.category_remote_id = std::move(category).value();
      problem = problem_with(content);
    } else {
      problem = refused(content.sku.text, category.error().message);
    }
    auto pictures = pictures_of(content);
    if (!problem && !pictures) problem = pictures.error();
    if (problem) {
      report.rejected.push_back({i, *std::move(problem)});
    } else {
      wants.push_back({i, &content, std::move(pictures).value()});
    }
  }
  return base::Done{};
}

// A dead picture would cost the whole product, so the files are looked at first.
base::Result<Pictures> Products::pictures_of(const ListingContent& content) const {
  Pictures out;
  const auto& base_url = client_.options().images_base_url;
  if (base_url.empty()) return out;
  std::string all;
  for (const auto& file : content.image_files) {
    const std::filesystem::path path(file);
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    if (failed) {
      return refused(content.sku.text,
                     "the picture " + path.filename().string() + " cannot be read");
    }
    const auto written = std::filesystem::last_write_time(path, failed).time_since_epoch().count();
    out.urls.push_back(base_url + "/" + common::percent_encode(path.filename().string()));
    all += out.urls.back() + " " + std::to_string(bytes) + " " + std::to_string(written) + "\n";
  }
  out.fingerprint = base::fingerprint(all);
  return out;
}

// Together go: the packs of one product that are under one number already, and with them its new
// ones; new ones alone when they are several. A pack that is alone under its number stays alone
// until another joins it.
std::vector<Products::Wants> Products::split(Wants& wants) const {
  std::map<std::string, Wants> groups;  // by product and by where it is
  std::map<std::string, std::string> homes;
  const auto product_of = [](const Wanted& one) { return one.content->product.text; };
  const bool grouped = client_.options().variations;
  for (const auto& one : wants) {
    const auto& content = *one.content;
    const auto& home = content.binding.empty() ? content.sibling_item_id : content.binding.item_id;
    if (!product_of(one).empty() && !home.empty()) homes.emplace(product_of(one), home);
  }
  Wants alone;
  for (auto& one : wants) {
    const auto& content = *one.content;
    auto home = content.binding.item_id;
    const bool may_join = grouped && !product_of(one).empty();
    if (home.empty() && may_join) {
      const auto there = homes.find(product_of(one));
      home = there == homes.end() ? "new " + product_of(one) : there->second;
    }
    if (home.empty()) {
      alone.push_back(std::move(one));
    } else {
      groups[home].push_back(std::move(one));
    }
  }
  std::vector<Wants> out;
  for (auto& [home, packs] : groups) {
    const bool is_plain = packs.size() == 1 && packs[0].content->binding.unit_id.empty() &&
                          (!packs[0].content->binding.empty() || home.starts_with("new "));
    if (is_plain) {
      alone.push_back(std::move(packs.front()));
    } else {
      out.push_back(std::move(packs));
    }
  }
  std::sort(alone.begin(), alone.end(),
            [](const Wanted& a, const Wanted& b) { return a.index < b.index; });
  wants = std::move(alone);
  return out;
}

void Products::create(PublishReport& report, std::span<const Wanted> wanted) {
  while (!wanted.empty() && !report.stopped_by) {
    const auto part = wanted.first(std::min(wanted.size(), contents_.items()));
    wanted = wanted.subspan(part.size());
    std::vector<Json> elements;
    for (const auto& one : part) elements.push_back(product_json(*one.content, one.pictures));
    send(report, "create", part, std::move(elements));
  }
}

// The store downloads a picture every time its address is sent: ask first which ones it has, and
// whether the product still stands for one pack.
void Products::update(PublishReport& report, std::span<Wanted> wanted,
                      std::vector<Wants>& variable) {
  while (!wanted.empty() && !report.stopped_by) {
    const auto part = wanted.first(std::min(wanted.size(), contents_.items()));
    wanted = wanted.subspan(part.size());
    std::vector<std::string> ids;
    for (const auto& one : part) ids.push_back(one.content->binding.item_id);
    const auto rows = reads_.products(ids);
    if (!rows) {
      report.stopped_by = rows.error();
      return;
    }
    std::map<std::string, const Json*> now;
    for (const auto& row : rows.value()) now[common::text(row, "id")] = &row;
    Wants plain;
    std::vector<Json> elements;
    for (auto& one : part) {
      const auto found = now.find(one.content->binding.item_id);
      const auto& row = found == now.end() ? Json{} : *found->second;
      if (is_variable(row)) {
        variable.push_back({one});
        continue;
      }
      if (picture_fingerprint(row) == one.pictures.fingerprint) one.pictures = {};
      elements.push_back(product_json(*one.content, one.pictures, row));
      plain.push_back(one);
    }
    if (!plain.empty()) send(report, "update", plain, std::move(elements));
  }
}

void Products::send(PublishReport& report, const std::string& list, std::span<const Wanted> wanted,
                    std::vector<Json> elements) {
  const auto answer =
      timed_batch(client_, contents_, "/products/batch", list, std::move(elements), Repeatable::no);
  if (!answer) {
    report.stopped_by = answer.error();
    return;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (!settle(report, wanted[i], answer.value()[i])) {
      report.stopped_by = open_end(wanted[i].content->sku.text +
                                   ": made, but not as it was sent; it is looked up again");
    }
  }
}

// False: a new product is there with other values. It is neither accepted nor refused; looking its
// SKU up binds it with what it really shows.
bool Products::settle(PublishReport& report, const Wanted& wanted, const Json& answer) {
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
    report.rejected.push_back({wanted.index, refused(content.sku.text, *other)});
  } else {
    report.accepted.push_back({wanted.index, {id, {}}});
  }
  return true;
}

}  // namespace connectors::provincial
