#include "sandbox/provincial/categories.h"

#include <algorithm>

#include "base/text.h"
#include "sandbox/json_tools.h"
#include "sandbox/provincial/batch.h"
#include "sandbox/provincial/listing.h"

namespace sandbox::provincial {
namespace {

constexpr std::int64_t kUncategorized = 14;

const std::vector<std::string>& sort_words() {
  static const std::vector<std::string> words{"id",         "include",     "name", "slug",
                                              "term_group", "description", "count"};
  return words;
}

Json shown(const Json& row, const std::string& site) {
  Json out = row;
  out["_links"] = links(site + "/wp-json/wc/v3/products/categories", text_in(row, "id"));
  return out;
}

Answer unknown() {
  return refusal(404, "woocommerce_rest_term_invalid", "Resource does not exist.");
}

void edit(Json& row, const Json& wanted) {
  for (const char* name : {"name", "slug", "description", "display"}) {
    if (wanted.has_string_field(name)) row[name] = wanted.at(name);
  }
  for (const char* name : {"parent", "menu_order"}) {
    if (const auto number = integer_in(wanted, name)) row[name] = jn(*number);
  }
  if (text_in(row, "slug").empty()) row["slug"] = js(slug_of(text_in(row, "name")));
}

}  // namespace

void Categories::reset() {
  rows_.clear();
  next_id_ = kUncategorized;
  for (const char* name : {"Uncategorized", "Trái cây tươi", "Trái cây sấy", "Rau ăn lá", "Rau mầm",
                           "Nấm tươi", "Nấm khô", "Lạp xưởng", "Thịt thỏ", "Giỏ quà"}) {
    Json wanted;
    wanted["name"] = js(name);
    create(wanted, "");
  }
}

std::optional<std::int64_t> Categories::twin_of(const std::string& name,
                                                std::int64_t parent) const {
  for (const auto& [id, row] : rows_) {
    if (base::normalise(text_in(row, "name")) == base::normalise(name) &&
        integer_in(row, "parent").value_or(0) == parent) {
      return id;
    }
  }
  return std::nullopt;
}

Answer Categories::create(const Json& wanted, const std::string& site) {
  const auto name = text_in(wanted, "name");
  if (name.empty()) {
    auto answer = refusal(400, "rest_missing_callback_param", "Missing parameter(s): name");
    answer.body["data"]["params"] = Json::array({js("name")});
    return answer;
  }
  if (const auto twin = twin_of(name, integer_in(wanted, "parent").value_or(0))) {
    auto answer = refusal(400, "term_exists",
                          "A term with the name provided already exists with this parent.");
    answer.body["data"]["resource_id"] = jn(*twin);
    return answer;
  }
  const auto id = next_id_++;
  Json row = blank_category();
  row["id"] = jn(id);
  edit(row, wanted);
  rows_[id] = row;
  return {201, shown(row, site), {}};
}

Answer Categories::update(std::int64_t id, const Json& wanted, const std::string& site) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return unknown();
  edit(found->second, wanted);
  return {200, shown(found->second, site), {}};
}

Answer Categories::remove(std::int64_t id, const std::string& site) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return unknown();
  if (id == kUncategorized) {
    return refusal(500, "woocommerce_rest_cannot_delete", "The resource cannot be deleted.");
  }
  Answer answer{200, shown(found->second, site), {}};
  rows_.erase(found);
  return answer;
}

Answer Categories::batch(const Call& call) {
  return run_batch(call.body,
                   {[&](const Json& item) { return create(item, call.site); },
                    [&](std::int64_t id, const Json& item) { return update(id, item, call.site); },
                    [&](std::int64_t id) { return remove(id, call.site); }});
}

Answer Categories::list(const Call& call, const Counts& counts) const {
  if (auto problem = list_problem(call, sort_words())) return *problem;
  std::vector<Json> rows;
  const auto search = base::fold(param(call, "search"));
  for (const auto& [id, row] : rows_) {
    if (!id_wanted(call, id)) continue;
    if (call.params.contains("slug") && param(call, "slug") != text_in(row, "slug")) continue;
    if (call.params.contains("parent") && param(call, "parent") != text_in(row, "parent")) continue;
    if (base::fold(text_in(row, "name")).find(search) == std::string::npos) continue;
    Json counted = row;
    const auto count = counts.find(id);
    counted["count"] = jn(count == counts.end() ? 0 : count->second);
    rows.push_back(std::move(counted));
  }
  const auto by = param(call, "orderby");
  const auto before = [&](const Json& a, const Json& b) {
    if (by == "id") return integer_in(a, "id") < integer_in(b, "id");
    if (by == "count") return integer_in(a, "count") < integer_in(b, "count");
    return base::fold(text_in(a, "name")) < base::fold(text_in(b, "name"));
  };
  std::stable_sort(rows.begin(), rows.end(), before);
  if (!ascending(call, "asc")) std::reverse(rows.begin(), rows.end());
  return page_of(call, rows.size(), [&](std::size_t i) { return shown(rows[i], call.site); });
}

Answer Categories::handle(const Call& call, const Counts& counts) {
  constexpr std::string_view kHere = "/wc/v3/products/categories";
  const auto rest = call.route.substr(kHere.size());
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  if (rest.empty()) {
    if (call.method == "GET") return list(call, counts);
    return call.method == "POST" ? create(call.body, call.site) : no_route();
  }
  if (rest == "/batch") return writes ? batch(call) : no_route();
  const auto id = to_integer(rest.substr(1));
  if (!id) return no_route();
  if (call.method == "GET") {
    const auto found = rows_.find(*id);
    return found == rows_.end() ? unknown() : Answer{200, shown(found->second, call.site), {}};
  }
  if (call.method == "DELETE") {
    if (param(call, "force") == "true") return remove(*id, call.site);
    return refusal(501, "woocommerce_rest_trash_not_supported",
                   "Resource does not support trashing.");
  }
  return writes ? update(*id, call.body, call.site) : no_route();
}

Json Categories::of_product(const Json& wanted) const {
  Json out = empty_list();
  const auto add = [&](std::int64_t id) {
    const auto& row = rows_.at(id);
    Json shown_row;
    shown_row["id"] = jn(id);
    shown_row["name"] = row.at("name");
    shown_row["slug"] = row.at("slug");
    push(out, shown_row);
  };
  if (wanted.is_array()) {
    for (const auto& item : wanted.as_array()) {
      const auto id = integer_in(item, "id");
      if (id && rows_.contains(*id)) add(*id);
    }
  }
  if (out.size() == 0) add(kUncategorized);
  return out;
}

Json Categories::save() const {
  Json out;
  out["rows"] = empty_list();
  for (const auto& [id, row] : rows_) push(out["rows"], row);
  out["next_id"] = jn(next_id_);
  return out;
}

void Categories::load(const Json& state) {
  rows_.clear();
  for (const auto& row : state.at("rows").as_array()) {
    rows_[integer_in(row, "id").value_or(0)] = row;
  }
  next_id_ = integer_in(state, "next_id").value_or(kUncategorized + 1);
}

}  // namespace sandbox::provincial
