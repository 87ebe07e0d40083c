#include "sandbox/provincial/batch.h"

#include "sandbox/json_tools.h"

namespace sandbox::provincial {
namespace {

constexpr std::size_t kBatchMax = 100;

const Json* list_in(const Json& body, const char* name) {
  return body.is_object() && body.has_array_field(name) ? &body.at(name) : nullptr;
}

Json verdict(std::int64_t id, const Answer& answer) {
  if (!answer.refused()) return answer.body;
  Json out;
  out["id"] = jn(id);
  out["error"] = answer.body;
  // Inside a batch the store calls every unknown id a bad request (recording 06).
  if (answer.status == 404) out["error"]["data"]["status"] = jn(400);
  return out;
}

std::int64_t id_of(const Json& item) {
  if (item.is_object()) return integer_in(item, "id").value_or(0);
  if (item.is_integer()) return item.as_number().to_int64();
  return item.is_string() ? to_integer(item.as_string()).value_or(0) : 0;
}

}  // namespace

Answer run_batch(const Json& body, const BatchSteps& steps) {
  std::size_t count = 0;
  for (const char* name : {"create", "update", "delete"}) {
    if (const auto* list = list_in(body, name)) count += list->size();
  }
  if (count > kBatchMax) {
    return refusal(413, "woocommerce_rest_request_entity_too_large",
                   "Unable to accept more than 100 items for this request.");
  }
  Answer answer;
  const auto run = [&](const char* name, const std::function<Json(const Json&)>& step) {
    const auto* list = list_in(body, name);
    if (list == nullptr || list->size() == 0) return;
    answer.body[name] = empty_list();
    for (const auto& item : list->as_array()) push(answer.body[name], step(item));
  };
  run("create", [&](const Json& item) { return verdict(0, steps.create(item)); });
  run("update",
      [&](const Json& item) { return verdict(id_of(item), steps.update(id_of(item), item)); });
  run("delete", [&](const Json& item) { return verdict(id_of(item), steps.remove(id_of(item))); });
  if (answer.body.size() == 0) answer.body = empty_list();  // an empty PHP array is a list
  return answer;
}

}  // namespace sandbox::provincial
