#pragma once
// What a Viettel Post answer means: one table, in errors.cpp.
//
// Errors come as HTTP 200 with {"status","error":true,"message"}; status 204 and 205, HTTP 401 and
// 403, and texts about the token mean that the token is dead. There are no codes beside the
// numbers: a duplicate, something unknown and a thing already done are known by the words of the
// message, compared without accents; any other refusal is `rejected`.
// Nothing here throws. Threads: safe.
// Source: public clients that quote the partner pages, read 2026-11-24; the words are ours to
// extend as real ones are seen.
#include <optional>

#include "connectors/carriers/json_client.h"

namespace connectors::carriers::viettelpost {

std::optional<base::Error> judge(const JsonAnswer& answer, Nature nature);

// A cancellation that was refused because it is done already.
bool says_already_cancelled(const base::Error& error);

}  // namespace connectors::carriers::viettelpost
