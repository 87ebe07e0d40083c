#include "sandbox/carriers/book.h"

#include <algorithm>

#include "sandbox/json_tools.h"

namespace sandbox::carriers {
namespace {

using web::json::value;

std::vector<Moment> plan_from(const std::vector<Step>& journey, base::Instant made_at) {
  std::vector<Moment> plan;
  for (const auto& step : journey) plan.push_back({step.code, made_at + step.after});
  return plan;
}

value person_json(const Person& person) {
  value out;
  out["name"] = js(person.name);
  out["phone"] = js(person.phone);
  out["address"] = js(person.address);
  out["province"] = js(person.province);
  out["district"] = js(person.district);
  out["ward"] = js(person.ward);
  return out;
}

Person person_from(const value& json) {
  return {text_in(json, "name"),     text_in(json, "phone"),    text_in(json, "address"),
          text_in(json, "province"), text_in(json, "district"), text_in(json, "ward")};
}

value moments_json(const std::vector<Moment>& moments) {
  auto out = empty_list();
  for (const auto& moment : moments) {
    value row;
    row["code"] = js(moment.code);
    row["at_ms"] = jn(base::to_unix_ms(moment.at));
    push(out, row);
  }
  return out;
}

std::vector<Moment> moments_from(const value& rows) {
  std::vector<Moment> out;
  for (const auto& row : rows.as_array()) {
    out.push_back({text_in(row, "code"), base::from_unix_ms(integer_in(row, "at_ms").value_or(0))});
  }
  return out;
}

value parcel_json(const Parcel& parcel) {
  value row;
  row["tracking_no"] = js(parcel.tracking_no);
  row["id"] = js(parcel.id);
  row["reference"] = js(parcel.reference);
  row["service"] = js(parcel.service);
  row["fate"] = js(parcel.fate);
  row["content"] = js(parcel.content);
  row["note"] = js(parcel.note);
  row["sender"] = person_json(parcel.sender);
  row["receiver"] = person_json(parcel.receiver);
  row["weight"] = jn(parcel.weight_g);
  row["value"] = jn(parcel.value);
  row["cod"] = jn(parcel.cod);
  row["fee"] = jn(parcel.fee);
  row["payment"] = jn(parcel.payment);
  row["made_at_ms"] = jn(base::to_unix_ms(parcel.made_at));
  row["status"] = js(parcel.history.empty() ? "" : parcel.code());
  row["history"] = moments_json(parcel.history);
  row["plan"] = moments_json(parcel.plan);
  return row;
}

Parcel parcel_from(const value& row) {
  Parcel parcel;
  parcel.tracking_no = text_in(row, "tracking_no");
  parcel.id = text_in(row, "id");
  parcel.reference = text_in(row, "reference");
  parcel.service = text_in(row, "service");
  parcel.fate = text_in(row, "fate");
  parcel.content = text_in(row, "content");
  parcel.note = text_in(row, "note");
  parcel.sender = person_from(row.at("sender"));
  parcel.receiver = person_from(row.at("receiver"));
  parcel.weight_g = integer_in(row, "weight").value_or(0);
  parcel.value = integer_in(row, "value").value_or(0);
  parcel.cod = integer_in(row, "cod").value_or(0);
  parcel.fee = integer_in(row, "fee").value_or(0);
  parcel.payment = integer_in(row, "payment").value_or(0);
  parcel.made_at = base::from_unix_ms(integer_in(row, "made_at_ms").value_or(0));
  parcel.history = moments_from(row.at("history"));
  parcel.plan = moments_from(row.at("plan"));
  return parcel;
}

}  // namespace

Parcel& Book::add(Parcel parcel, const std::vector<Step>& journey) {
  parcel.plan = plan_from(journey, parcel.made_at);
  const auto key = parcel.tracking_no;
  return parcels_.insert_or_assign(key, std::move(parcel)).first->second;
}

Parcel* Book::find(const std::string& tracking_no) {
  const auto found = parcels_.find(tracking_no);
  return found == parcels_.end() ? nullptr : &found->second;
}

Parcel* Book::find_id(const std::string& id) {
  for (auto& [key, parcel] : parcels_) {
    if (parcel.id == id) return &parcel;
  }
  return nullptr;
}

Parcel* Book::find_reference(const std::string& reference) {
  if (reference.empty()) return nullptr;
  for (auto& [key, parcel] : parcels_) {
    if (parcel.reference == reference) return &parcel;
  }
  return nullptr;
}

void Book::replan(Parcel& parcel, const std::vector<Step>& journey, base::Instant now) {
  parcel.plan = plan_from(journey, parcel.made_at);
  std::erase_if(parcel.plan, [&](const Moment& moment) { return moment.at <= now; });
}

void Book::end(Parcel& parcel, const std::string& code, base::Instant now) {
  parcel.plan = {{code, now}};
}

std::vector<Happening> Book::walk(base::Instant now) {
  std::vector<Happening> out;
  for (auto& [key, parcel] : parcels_) {
    while (!parcel.plan.empty() && parcel.plan.front().at <= now) {
      parcel.history.push_back(parcel.plan.front());
      out.push_back({key, parcel.plan.front()});
      parcel.plan.erase(parcel.plan.begin());
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Happening& a, const Happening& b) {
    return a.moment.at < b.moment.at;
  });
  return out;
}

value Book::to_json() const {
  auto out = empty_list();
  for (const auto& [key, parcel] : parcels_) push(out, parcel_json(parcel));
  return out;
}

void Book::load(const value& rows) {
  parcels_.clear();
  for (const auto& row : rows.as_array()) {
    auto parcel = parcel_from(row);
    const auto key = parcel.tracking_no;
    parcels_.insert_or_assign(key, std::move(parcel));
  }
}

}  // namespace sandbox::carriers
