#pragma once
// How to take back what a transaction did, last first. Errors: none. Threads: one.
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace storage::memory {

class UndoLog {
 public:
  void add(std::function<void()> step) { steps_.push_back(std::move(step)); }
  void roll_back() {
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) (*step)();
    steps_.clear();
  }

  // map[key] = value, remembering what was there.
  template <typename Map>
  void assign(Map& map, const typename Map::key_type& key, typename Map::mapped_type value) {
    const auto found = map.find(key);
    if (found == map.end()) {
      map.emplace(key, std::move(value));
      add([&map, key] { map.erase(key); });
      return;
    }
    add([&map, key, before = std::exchange(found->second, std::move(value))] {
      map.find(key)->second = before;
    });
  }
  template <typename Map>
  void erase(Map& map, const typename Map::key_type& key) {
    const auto found = map.find(key);
    if (found == map.end()) return;
    add([&map, key, before = std::move(found->second)] { map.emplace(key, before); });
    map.erase(found);
  }
  template <typename List>
  void push_back(List& list, typename List::value_type value) {
    list.push_back(std::move(value));
    add([&list] { list.pop_back(); });
  }

 private:
  std::vector<std::function<void()>> steps_;
};

}  // namespace storage::memory
