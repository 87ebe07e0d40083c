#pragma once
// Everything the control API drives: all channels and carriers, the clerks among them, and the
// calls that faults kept from them. Owned by main. Threads: as the parts.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sandbox/channel.h"
#include "sandbox/clerk/clerk.h"
#include "sandbox/context.h"

namespace sandbox {

struct World {
  Context& context;
  std::vector<Channel*> channels;  // where buyers go
  std::vector<Channel*> carriers;
  std::vector<Clerk*> clerks;                // also among `channels`
  std::map<std::string, CallLog>& unserved;  // by channel or carrier name
  std::function<void()> after_reset;         // hands out fresh consent codes

  std::vector<Channel*> all() const {
    auto out = channels;
    out.insert(out.end(), carriers.begin(), carriers.end());
    return out;
  }
  Channel* find(const std::string& name) const {
    for (auto* channel : all()) {
      if (channel->name() == name) return channel;
    }
    return nullptr;
  }
};

}  // namespace sandbox
