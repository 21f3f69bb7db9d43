using System.Runtime.Intrinsics;

namespace Conformance.Cpu.Instructions.AdvancedSimd;

/// <summary>The operations of <see cref="WholeVector"/>.</summary>
internal static class VectorOperations
{
    internal readonly struct Add : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n + m;
    }

    internal readonly struct Subtract : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n - m;
    }

    internal readonly struct Multiply : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n * m;
    }

    internal readonly struct MultiplyAdd : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d + n * m;
    }

    internal readonly struct MultiplySubtract : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d - n * m;
    }

    internal readonly struct Maximum : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Max(n, m);
    }

    internal readonly struct Minimum : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Min(n, m);
    }

    internal readonly struct AbsoluteDifference : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Max(n, m) - Vector128.Min(n, m);
    }

    internal readonly struct AbsoluteDifferenceAccumulate : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => d + (Vector128.Max(n, m) - Vector128.Min(n, m));
    }

    internal readonly struct Greater : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.GreaterThan(n, m);
    }

    internal readonly struct GreaterOrEqual : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.GreaterThanOrEqual(n, m);
    }

    internal readonly struct Equal : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Equals(n, m);
    }

    internal readonly struct Test : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => ~Vector128.Equals(n & m, Vector128<T>.Zero);
    }

    internal readonly struct GreaterThanZero : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.GreaterThan(n, Vector128<T>.Zero);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct GreaterOrEqualZero : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.GreaterThanOrEqual(n, Vector128<T>.Zero);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct EqualZero : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Equals(n, Vector128<T>.Zero);
    }

    internal readonly struct LessOrEqualZero : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.LessThanOrEqual(n, Vector128<T>.Zero);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct LessThanZero : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.LessThan(n, Vector128<T>.Zero);

        public static bool IsUnsigned(bool u) => false;
    }

    internal readonly struct Absolute : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => Vector128.Abs(n);
    }

    internal readonly struct Negate : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => -n;
    }

    internal readonly struct Not : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => ~n;
    }

    internal readonly struct And : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n & m;
    }

    internal readonly struct BitClear : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n & ~m;
    }

    internal readonly struct Or : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n | m;
    }

    internal readonly struct OrNot : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n | ~m;
    }

    internal readonly struct ExclusiveOr : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => n ^ m;
    }

    internal readonly struct BitSelect : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => (d & n) | (~d & m);
    }

    internal readonly struct InsertIfTrue : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => (d & ~m) | (n & m);
    }

    internal readonly struct InsertIfFalse : IVectorOperation
    {
        public static Vector128<T> Of<T>(Vector128<T> d, Vector128<T> n, Vector128<T> m) => (d & m) | (n & ~m);
    }
}
