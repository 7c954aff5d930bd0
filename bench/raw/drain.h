// SPDX-License-Identifier: MIT
//
// Reads everything that an enumerator of the service yields, in the same way as the package.
#pragma once

#include <objbase.h>

#include <vector>

template <typename Element, typename Enumerator>
std::vector<Element*> Drain(Enumerator* enumerator) {
  std::vector<Element*> all;
  HRESULT hr = S_OK;
  while (hr == S_OK) {
    Element* elements[32] = {};
    ULONG fetched = 0;
    hr = enumerator->Next(32, elements, &fetched);
    if (FAILED(hr) || fetched == 0) break;
    all.insert(all.end(), elements, elements + fetched);
  }
  enumerator->Release();
  return all;
}
