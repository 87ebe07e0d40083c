#include "sandbox/provincial/papers.h"

#include <algorithm>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/listing.h"

namespace sandbox::provincial {
namespace {

std::string orders_of(const Call& call) {
  return call.site + "/wp-json/wc/v3/orders/";
}

Json note_json(const Note& note, const Call& call, const std::string& order_id) {
  Json out;
  out["id"] = jn(note.id);
  out["author"] = js(note.for_buyer ? "WooCommerce" : "system");
  out["date_created"] = js(local(note.at));
  out["date_created_gmt"] = js(gmt(note.at));
  out["note"] = js(note.text);
  out["customer_note"] = jb(note.for_buyer);
  out["_links"] = links(orders_of(call) + order_id + "/notes", std::to_string(note.id));
  return out;
}

// As the order shows the line, with everything that counts turned round.
Json refund_line_json(const Json& line, const RefundLine& refunded, std::int64_t id) {
  Json out = line;
  const auto total = js(std::to_string(-refunded.total));
  out["id"] = jn(id);
  out["quantity"] = jn(-refunded.quantity);
  set_each(out, {"subtotal", "total"}, total);
  Json meta;
  meta["id"] = jn(id * 10);
  set_each(meta, {"key", "display_key"}, js("_refunded_item_id"));
  set_each(meta, {"value", "display_value"}, js(std::to_string(*integer_in(line, "id"))));
  out["meta_data"] = Json::array({meta});
  return out;
}

Json refund_json(const Refund& refund, const Call& call, const std::string& order_id,
                 const Json& order_json) {
  Json out;
  out["id"] = jn(refund.id);
  out["date_created"] = js(local(refund.at));
  out["date_created_gmt"] = js(gmt(refund.at));
  out["amount"] = js(std::to_string(refund.amount));
  out["reason"] = js(refund.reason);
  out["refunded_by"] = jn(1);
  out["refunded_payment"] = jb(false);
  set_each(out, {"meta_data", "line_items", "shipping_lines", "tax_lines", "fee_lines"},
           empty_list());
  std::int64_t line_id = refund.id * 1'000;
  for (const auto& line : refund.lines) {
    push(out["line_items"],
         refund_line_json(order_json.at("line_items").at(line.place), line, ++line_id));
  }
  out["_links"] = links(orders_of(call) + order_id + "/refunds", std::to_string(refund.id));
  out["_links"]["up"] = Json::array({out["_links"]["collection"].at(0)});
  out["_links"]["up"][0]["href"] = js(orders_of(call) + order_id);
  return out;
}

std::optional<std::int64_t> dong_in(const Json& json, const std::string& name) {
  if (!json.has_field(name)) return std::nullopt;
  return integer_in(json, name);
}

Answer cannot_refund(const std::string& why) {
  return refusal(500, "woocommerce_rest_cannot_create_order_refund", why);
}

bool is_false(const Json& body, const std::string& name) {
  return body.is_object() && body.has_boolean_field(name) && !body.at(name).as_bool();
}

std::int64_t sum_of(const std::vector<Refund>& refunds) {
  std::int64_t sum = 0;
  for (const auto& refund : refunds) sum += refund.amount;
  return sum;
}

}  // namespace

const Papers::OfOrder& Papers::of(const std::string& order_id) const {
  static const OfOrder kNone;
  const auto found = papers_.find(order_id);
  return found == papers_.end() ? kNone : found->second;
}

Answer Papers::notes(const Call& call, const std::string& order_id, const std::string& rest) {
  if (rest.empty() && call.method == "POST") {
    const auto text = text_in(call.body, "note");
    if (text.empty()) {
      return refusal(400, "rest_missing_callback_param", "Missing parameter(s): note");
    }
    const bool for_buyer =
        call.body.has_boolean_field("customer_note") && call.body.at("customer_note").as_bool();
    auto& notes = papers_[order_id].notes;
    notes.push_back({ids_.next(), text, for_buyer, clock_.now()});
    return {201, note_json(notes.back(), call, order_id), {}};
  }
  if (call.method != "GET" && call.method != "DELETE") return no_route();
  const auto type = param(call, "type");
  Answer all;
  all.body = empty_list();
  auto rows = of(order_id).notes;  // newest first, as the store lists them
  std::reverse(rows.begin(), rows.end());
  for (const auto& note : rows) {
    const bool wanted = type.empty() || type == "any" || (type == "customer") == note.for_buyer;
    if (rest.empty() && wanted) push(all.body, note_json(note, call, order_id));
    if (rest != "/" + std::to_string(note.id)) continue;
    Answer one{200, note_json(note, call, order_id), {}};
    if (call.method == "DELETE") {
      std::erase_if(papers_[order_id].notes, [&](const Note& n) { return n.id == note.id; });
    }
    return one;
  }
  if (rest.empty() && call.method == "GET") return all;
  return refusal(404, "woocommerce_rest_invalid_id", "Invalid resource ID.");
}

Answer Papers::refunds(const Call& call, const PlacedOrder& order, const Json& order_json,
                       const std::string& rest) const {
  auto rows = of(order.id).refunds;
  std::reverse(rows.begin(), rows.end());
  if (rest.empty()) {
    return page_of(call, rows.size(),
                   [&](std::size_t i) { return refund_json(rows[i], call, order.id, order_json); });
  }
  for (const auto& refund : rows) {
    if (rest == "/" + std::to_string(refund.id)) {
      return {200, refund_json(refund, call, order.id, order_json), {}};
    }
  }
  return refusal(404, "woocommerce_rest_shop_order_refund_invalid_id", "Invalid ID.");
}

Papers::Refunding Papers::refund(const Call& call, const PlacedOrder& order,
                                 const Json& order_json) {
  Refund made;
  made.at = clock_.now();
  made.reason = text_in(call.body, "reason");
  std::int64_t lines_total = 0;
  const auto& lines = order_json.at("line_items").as_array();
  if (call.body.has_array_field("line_items")) {
    for (const auto& wanted : call.body.at("line_items").as_array()) {
      const auto id = integer_in(wanted, "id");
      const auto line = std::find_if(lines.begin(), lines.end(),
                                     [&](const Json& row) { return integer_in(row, "id") == id; });
      if (line == lines.end()) return {cannot_refund("Invalid order item."), {}, false};
      const auto place = static_cast<std::size_t>(line - lines.begin());
      const auto quantity = integer_in(wanted, "quantity").value_or(0);
      const auto total =
          dong_in(wanted, "refund_total").value_or(quantity * order.lines[place].price);
      made.lines.push_back({place, quantity, total});
      lines_total += total;
    }
  }
  made.amount = dong_in(call.body, "amount").value_or(lines_total);
  auto& papers = papers_[order.id];
  const auto left = order.total() - sum_of(papers.refunds);
  if (made.amount < 0 || made.amount > left || (made.amount == 0 && made.lines.empty())) {
    return {cannot_refund("Invalid refund amount."), {}, false};
  }
  made.restocked = !made.lines.empty() && !is_false(call.body, "api_restock");
  made.id = ids_.next();
  papers.refunds.push_back(made);
  Answer answer{201, refund_json(made, call, order.id, order_json), {}};
  // The pattern of the route stands in the address: that is how the store answers (recording 12).
  answer.headers.emplace_back(
      "Location",
      call.site + "/wp-json/wc/v3/orders/(?P<order_id>[\\d]+)/refunds/" + std::to_string(made.id));
  return {std::move(answer), made, made.amount == left};
}

void Papers::write_meta(const std::string& order_id, const Json& rows) {
  if (!rows.is_array()) return;
  auto& meta = papers_[order_id].meta;
  for (const auto& row : rows.as_array()) {
    const auto key = text_in(row, "key");
    const auto id = integer_in(row, "id").value_or(0);
    const auto found = std::find_if(meta.begin(), meta.end(), [&](const MetaRow& known) {
      return id != 0 ? known.id == id : known.key == key;
    });
    const auto value = row.has_field("value") ? row.at("value") : Json::null();
    if (found != meta.end()) {
      if (value.is_null()) {
        meta.erase(found);
      } else {
        found->value = value;
      }
    } else if (!key.empty() && !value.is_null()) {
      meta.push_back({ids_.next(), key, value});
    }
  }
}

void Papers::dress(Json& order_json, const std::string& order_id) const {
  const auto& papers = of(order_id);
  for (const auto& refund : papers.refunds) {
    Json row;
    row["id"] = jn(refund.id);
    row["reason"] = js(refund.reason);
    row["total"] = js(std::to_string(-refund.amount));
    push(order_json["refunds"], row);
  }
  for (const auto& meta : papers.meta) {
    Json row;
    row["id"] = jn(meta.id);
    row["key"] = js(meta.key);
    row["value"] = meta.value;
    push(order_json["meta_data"], row);
  }
}

std::int64_t Papers::restocked(const std::string& order_id, std::size_t place) const {
  std::int64_t packs = 0;
  for (const auto& refund : of(order_id).refunds) {
    if (!refund.restocked) continue;
    for (const auto& line : refund.lines) packs += line.place == place ? line.quantity : 0;
  }
  return packs;
}

void Papers::add_truth(Json& order_truth, const PlacedOrder& order) const {
  const auto& papers = of(order.id);
  set_each(order_truth, {"notes", "refunds"}, empty_list());
  for (const auto& note : papers.notes) {
    Json row;
    row["text"] = js(note.text);
    row["customer"] = jb(note.for_buyer);
    push(order_truth["notes"], row);
  }
  for (const auto& refund : papers.refunds) {
    Json row;
    row["amount"] = jn(refund.amount);
    row["restocked"] = jb(refund.restocked);
    row["lines"] = empty_list();
    for (const auto& line : refund.lines) {
      Json item;
      item["sku"] = js(order.lines[line.place].sku);
      item["quantity"] = jn(line.quantity);
      push(row["lines"], item);
    }
    push(order_truth["refunds"], row);
  }
}

Json Papers::save() const {
  Json out = empty_list();
  for (const auto& [order_id, papers] : papers_) {
    Json row;
    row["order"] = js(order_id);
    set_each(row, {"notes", "refunds", "meta"}, empty_list());
    for (const auto& note : papers.notes) {
      push(row["notes"], Json::array({jn(note.id), js(note.text), jb(note.for_buyer),
                                      jn(base::to_unix_ms(note.at))}));
    }
    for (const auto& refund : papers.refunds) {
      Json lines = empty_list();
      for (const auto& line : refund.lines) {
        push(lines, Json::array({jn(static_cast<std::int64_t>(line.place)), jn(line.quantity),
                                 jn(line.total)}));
      }
      push(row["refunds"],
           Json::array({jn(refund.id), jn(refund.amount), js(refund.reason), jb(refund.restocked),
                        jn(base::to_unix_ms(refund.at)), lines}));
    }
    for (const auto& meta : papers.meta) {
      push(row["meta"], Json::array({jn(meta.id), js(meta.key), meta.value}));
    }
    push(out, row);
  }
  return out;
}

void Papers::load(const Json& state) {
  reset();
  if (!state.is_array()) return;
  const auto number = [](const Json& row, std::size_t at) {
    return row.at(at).as_number().to_int64();
  };
  for (const auto& row : state.as_array()) {
    auto& papers = papers_[text_in(row, "order")];
    for (const auto& note : row.at("notes").as_array()) {
      papers.notes.push_back({number(note, 0), note.at(1).as_string(), note.at(2).as_bool(),
                              base::from_unix_ms(number(note, 3))});
    }
    for (const auto& one : row.at("refunds").as_array()) {
      Refund refund{number(one, 0),
                    number(one, 1),
                    one.at(2).as_string(),
                    one.at(3).as_bool(),
                    base::from_unix_ms(number(one, 4)),
                    {}};
      for (const auto& line : one.at(5).as_array()) {
        refund.lines.push_back(
            {static_cast<std::size_t>(number(line, 0)), number(line, 1), number(line, 2)});
      }
      papers.refunds.push_back(std::move(refund));
    }
    for (const auto& meta : row.at("meta").as_array()) {
      papers.meta.push_back({number(meta, 0), meta.at(1).as_string(), meta.at(2)});
    }
  }
}

}  // namespace sandbox::provincial
