using System.Text.Json;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Tests.Detections;

public sealed class AnyCaseTests
{
    [Theory]
    [InlineData("""{"eC2InstanceType":"c5.large"}""")]
    [InlineData("""{"EC2InstanceType":"c5.large"}""")]
    [InlineData("""{"ec2InstanceType":"c5.large","EC2INSTANCETYPE":"decoy"}""")]
    [InlineData("""{"EC2INSTANCETYPE":null,"ec2InstanceType":"c5.large"}""")]
    public void Finds_a_member_in_any_case_and_the_exact_one_first(string json) => Assert.Equal("c5.large", Parse(json).Any("ec2InstanceType").Text);

    [Theory]
    [InlineData("""{"instanceType":"c5.large"}""")]
    [InlineData("""["ec2InstanceType"]""")]
    [InlineData("null")]
    public void Finds_nothing_where_nothing_is(string json) => Assert.False(Parse(json).Any("ec2InstanceType").IsPresent);

    [Fact]
    public void Finds_nothing_in_a_missing_field() => Assert.False(Field.Missing.Any("name").Any("name").IsPresent);

    private static Field Parse(string json) => new(JsonSerializer.Deserialize<JsonElement>(json));
}
