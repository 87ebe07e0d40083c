#include "connectors/lazada/parcel_calls.h"

#include <initializer_list>

#include "connectors/lazada/errors.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

std::string quoted(std::string_view text) {
  return common::to_text(common::json_string(text));
}

std::string packages(std::span<const std::string> ids) {
  std::string out = "[";
  for (const auto& id : ids) {
    out += (out.size() > 1 ? "," : "") + (R"({"package_id":)" + quoted(id)) + "}";
  }
  return out + "]";
}

std::string first_text(const Json& value, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (auto text = common::text(value, name); !text.empty()) return text;
  }
  return {};
}

// A row that may be tried again is not refused.
std::optional<Error> row_failure(const Json& row, base::Instant now) {
  const auto code = first_text(row, {"item_err_code", "itemErrCode"});
  if (code.empty() || code == "0") return std::nullopt;
  auto error = translate(code, first_text(row, {"msg", "message"}), Nature::write_again, now);
  if (common::flag(row, "retry").value_or(false) && error.code == ErrorCode::rejected) {
    error.code = ErrorCode::unavailable;
  }
  return error;
}

std::optional<Error> rows_failure(std::span<const Json> rows, base::Instant now) {
  for (const Json& row : rows) {
    if (auto error = row_failure(row, now)) return error;
    if (auto error = rows_failure(common::items(row, "order_item_list"), now)) return error;
  }
  return std::nullopt;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

}  // namespace

std::string id_list(std::span<const std::string> ids) {
  std::string out = "[";
  for (const auto& id : ids) out += (out.size() > 1 ? "," : "") + id;
  return out + "]";
}

std::string pack_body(const std::string& order_id, std::span<const std::string> unit_ids,
                      std::string_view allocate_type, std::string_view provider_code) {
  std::string out = R"({"pack_order_list":[{"order_id":)" + order_id + R"(,"order_item_list":)" +
                    id_list(unit_ids) + R"(}],"delivery_type":"dropship")" +
                    R"(,"shipping_allocate_type":)" + quoted(allocate_type);
  if (!provider_code.empty()) out += R"(,"shipment_provider_code":)" + quoted(provider_code);
  return out + "}";
}

std::string packages_body(std::span<const std::string> package_ids) {
  return R"({"packages":)" + packages(package_ids) + "}";
}

std::string providers_body(const std::string& order_id, std::span<const std::string> unit_ids) {
  return R"({"orders":[{"order_id":)" + order_id + R"(,"order_item_ids":)" + id_list(unit_ids) +
         "}]}";
}

std::string document_body(std::string_view type, std::span<const std::string> package_ids) {
  return R"({"doc_type":)" + quoted(type) + R"(,"packages":)" + packages(package_ids) +
         R"(,"print_item_list":true})";
}

const Json* inner_data(const Json& answer) {
  if (const Json* inner = common::child(answer, "result", "data")) return inner;
  return common::child(answer, "data");
}

std::optional<Error> inner_failure(const Json& answer, base::Instant now) {
  const Json* result = common::child(answer, "result");
  const Json& holder = result == nullptr ? answer : *result;
  if (!common::flag(holder, "success").value_or(true)) {
    const auto code = first_text(holder, {"error_code", "errorCode"});
    return translate(code, first_text(holder, {"error_msg", "errorMsg"}), Nature::write_again, now);
  }
  const Json* data = inner_data(answer);
  if (data == nullptr) return std::nullopt;
  if (auto error = rows_failure(common::items(*data, "pack_order_list"), now)) return error;
  return rows_failure(common::items(*data, "packages"), now);
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=' || c == '\n' || c == '\r') continue;
    const int digit = base64_digit(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xFFFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out.push_back(static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU));
  }
  return out;
}

}  // namespace connectors::lazada
