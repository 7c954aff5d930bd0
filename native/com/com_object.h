// SPDX-License-Identifier: MIT
//
// One COM identity in one environment: its proxies, one for each interface that was asked for, and
// its strand. A service may give one job under several identities: what those have in common is
// kin.
#pragma once

#include <windows.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "com/pointer.h"
#include "core/object.h"
#include "core/sync.h"

namespace dosvc::com {

class ComEngine;

// What all objects of one job have in common: one strand, so that calls on the job keep their order
// whichever object they are made on, and what this environment did to it.
struct Kin {
  explicit Kin(std::shared_ptr<Strand> shared) : strand(std::move(shared)) {}
  const std::shared_ptr<Strand> strand;
  std::atomic<std::uint32_t> started{0};
  std::atomic<std::uint32_t> added{0};
};

class ComObject : public Object {
 public:
  ComObject(std::shared_ptr<Census> census,
            std::shared_ptr<ComEngine> engine,
            ComPtr<IUnknown> identity);
  ~ComObject() override;

  ComPtr<IUnknown> identity();

  // [COM] The object's proxy for an interface: asked for once, blanketed, kept.
  HRESULT Query(REFIID iid, ComPtr<IUnknown>* proxy);
  // [COM] How often its work was started anew, and added to, by this environment.
  struct Starts {
    std::uint32_t started = 0;
    std::uint32_t added = 0;
  };
  Starts starts() const { return {kin_->started, kin_->added}; }
  void CountStarted() { ++kin_->started; }
  void CountAdded() { ++kin_->added; }

  // [JS] Before anything was asked of it.
  void Join(std::shared_ptr<Kin> kin);
  const std::shared_ptr<Kin>& kin() const { return kin_; }

  // [COM] Keeps a proxy that came from the service, with its blanket, unless it has one already.
  HRESULT Keep(IUnknown* identity, REFIID iid, ComPtr<IUnknown> proxy);

  // [COM] Goes on with the identity and the proxies of another object; the identity that is left.
  ComPtr<IUnknown> Renew(ComObject& source);
  // [COM] What is to be done after it; never while it is being done.
  void WhenRenewed(std::function<void()> then);

 private:
  struct Proxy {
    IID iid;
    ComPtr<IUnknown> pointer;
  };

  // What there is of it in the service.
  struct Place {
    ComPtr<IUnknown> identity;
    std::vector<Proxy> proxies;
  };

  // With mu_ held; null where it has none.
  IUnknown* Kept(REFIID iid) const;

  const std::shared_ptr<ComEngine> engine_;
  std::shared_ptr<Kin> kin_;
  // An urgent call runs beside a lent-out one.
  Mutex mu_;
  Place place_;                         // guarded by mu_
  std::function<void()> when_renewed_;  // guarded by mu_
};

}  // namespace dosvc::com
