#pragma once
// What a MyVNPost answer means: one table, in errors.cpp.
//
// There is no common envelope. HTTP 401 and 403 mean that the token is dead; a refusal is HTTP 4xx
// with "message", "Message" or "errorMessage", or 200 with "success": false. Cancellations have a
// code of their own, "Type": 00 done, 02 waits for approval, anything else refused.
// Nothing here throws. Threads: safe.
// Source: public clients that quote my-uat.vnpost.vn/static, read 2026-11-24.
#include <optional>

#include "connectors/carriers/carrier.h"
#include "connectors/carriers/json_client.h"

namespace connectors::carriers::vnpost {

std::optional<base::Error> judge(const JsonAnswer& answer, Nature nature);

base::Result<Cancellation> cancellation(const common::Json& answer);

}  // namespace connectors::carriers::vnpost
