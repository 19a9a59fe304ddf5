/// A test of one value, known to the compiler where loops over values run it.
protocol ValueTest {
  associatedtype Value
  func holds(_ value: Value) -> Bool
}

/// The tests of `SelectionKernel`: comparisons with a constant.
enum ValueTests {
  struct Equal<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value == constant }
  }

  struct NotEqual<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value != constant }
  }

  struct Less<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value < constant }
  }

  struct LessOrEqual<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value <= constant }
  }

  struct Greater<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value > constant }
  }

  struct GreaterOrEqual<Value: Comparable>: ValueTest {
    let constant: Value
    @inline(__always) func holds(_ value: Value) -> Bool { value >= constant }
  }
}
