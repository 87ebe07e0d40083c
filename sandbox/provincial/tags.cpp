#include "sandbox/provincial/tags.h"

#include "base/text.h"
#include "sandbox/json_tools.h"
#include "sandbox/provincial/batch.h"
#include "sandbox/provincial/listing.h"

namespace sandbox::provincial {
namespace {

constexpr std::string_view kHere = "/wc/v3/products/tags";

Json shown(const Json& row, const std::string& site) {
  Json out = row;
  out["_links"] = links(site + "/wp-json/wc/v3/products/tags", text_in(row, "id"));
  return out;
}

Answer unknown() {
  return refusal(404, "woocommerce_rest_term_invalid", "Resource does not exist.");
}

}  // namespace

std::optional<std::int64_t> Tags::named(const std::string& name) const {
  for (const auto& [id, row] : rows_) {
    if (base::normalise(text_in(row, "name")) == base::normalise(name)) return id;
  }
  return std::nullopt;
}

Answer Tags::create(const Json& wanted, const std::string& site) {
  const auto name = text_in(wanted, "name");
  if (name.empty()) {
    auto answer = refusal(400, "rest_missing_callback_param", "Missing parameter(s): name");
    answer.body["data"]["params"] = Json::array({js("name")});
    return answer;
  }
  if (const auto twin = named(name)) {
    auto answer = refusal(400, "term_exists",
                          "A term with the name provided already exists in this taxonomy.");
    answer.body["data"]["resource_id"] = jn(*twin);
    return answer;
  }
  Json row = blank_tag();
  row["id"] = jn(next_id_);
  row["name"] = js(name);
  row["slug"] = js(slug_of(text_in(wanted, "slug").empty() ? name : text_in(wanted, "slug")));
  row["description"] = js(text_in(wanted, "description"));
  rows_[next_id_] = row;
  ++next_id_;
  return {201, shown(row, site), {}};
}

Answer Tags::remove(std::int64_t id, const std::string& site) {
  const auto found = rows_.find(id);
  if (found == rows_.end()) return unknown();
  Answer answer{200, shown(found->second, site), {}};
  rows_.erase(found);
  return answer;
}

Answer Tags::list(const Call& call) const {
  if (auto problem = list_problem(
          call, {"id", "include", "name", "slug", "term_group", "description", "count"})) {
    return *problem;
  }
  std::vector<Json> rows;
  const auto search = base::fold(param(call, "search"));
  for (const auto& [id, row] : rows_) {
    if (!id_wanted(call, id)) continue;
    if (call.params.contains("slug") && param(call, "slug") != text_in(row, "slug")) continue;
    if (base::fold(text_in(row, "name")).find(search) != std::string::npos) rows.push_back(row);
  }
  return page_of(call, rows.size(), [&](std::size_t i) { return shown(rows[i], call.site); });
}

Answer Tags::handle(const Call& call) {
  const auto rest = call.route.substr(kHere.size());
  if (rest.empty()) {
    if (call.method == "GET") return list(call);
    return call.method == "POST" ? create(call.body, call.site) : no_route();
  }
  if (rest == "/batch") {
    return run_batch(call.body, {[&](const Json& item) { return create(item, call.site); },
                                 [&](std::int64_t, const Json&) { return unknown(); },
                                 [&](std::int64_t id) { return remove(id, call.site); }});
  }
  const auto id = to_integer(rest.substr(1));
  if (!id) return no_route();
  if (call.method == "DELETE") return remove(*id, call.site);
  const auto found = rows_.find(*id);
  return found == rows_.end() ? unknown() : Answer{200, shown(found->second, call.site), {}};
}

Json Tags::of_product(const Json& wanted) {
  Json out = empty_list();
  if (!wanted.is_array()) return out;
  for (const auto& item : wanted.as_array()) {
    auto id = integer_in(item, "id").value_or(0);
    if (const auto name = text_in(item, "name"); !name.empty()) {
      if (!named(name)) create(item, "");
      id = named(name).value_or(0);
    }
    const auto found = rows_.find(id);
    if (found == rows_.end()) continue;
    Json row;
    for (const char* member : {"id", "name", "slug"}) row[member] = found->second.at(member);
    push(out, row);
  }
  return out;
}

void Tags::reset() {
  rows_.clear();
  next_id_ = kFirstId;
}

Json Tags::save() const {
  Json out;
  out["rows"] = empty_list();
  for (const auto& [id, row] : rows_) push(out["rows"], row);
  out["next_id"] = jn(next_id_);
  return out;
}

void Tags::load(const Json& state) {
  reset();
  for (const auto& row : state.at("rows").as_array()) {
    rows_[integer_in(row, "id").value_or(0)] = row;
  }
  next_id_ = integer_in(state, "next_id").value_or(kFirstId);
}

}  // namespace sandbox::provincial
