#pragma once
// What an insert-or-update did. Every table's `put` answers with it, so that importing the same
// file twice is seen to change nothing.

namespace catalog {

enum class Put { inserted, updated, unchanged };

}  // namespace catalog
