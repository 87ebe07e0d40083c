#pragma once
// The bodies of the parcel calls (one parameter that holds JSON) and the verdicts in their answers:
// success may stand outside and a failure inside, per item or per parcel.
// Pure. Errors: none. Threads: safe.
// Source: Lazada Open Platform, fulfillment API pages, 2026-04-21.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "connectors/common/json.h"

namespace connectors::lazada {

// "[1,2]": ids are digits, of any length.
std::string id_list(std::span<const std::string> ids);
std::string pack_body(const std::string& order_id, std::span<const std::string> unit_ids,
                      std::string_view allocate_type, std::string_view provider_code);
std::string packages_body(std::span<const std::string> package_ids);
std::string providers_body(const std::string& order_id, std::span<const std::string> unit_ids);
std::string document_body(std::string_view type, std::span<const std::string> package_ids);

// `result.data`, or `data`; null when there is neither.
const common::Json* inner_data(const common::Json& answer);
// What failed inside an answer whose outside says "0": the whole, or the first row.
std::optional<base::Error> inner_failure(const common::Json& answer, base::Instant now);

std::optional<std::string> decode_base64(std::string_view text);

}  // namespace connectors::lazada
